"""
Draws the pictures that stand for a page where it is shared: `static/img/og/`, 1200 × 630.

Run by hand after a change of the look: `.venv/bin/python deploy/draw_share_pictures.py`. It needs
the development requirements. Look at the pictures, then commit them.
"""

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

IMAGES = ROOT / "static" / "img"
SIZE = {"width": 1200, "height": 630}  # what Facebook, LinkedIn and the others ask for
COLOURS = 96  # flat drawings need no more
HEAVIEST = 40_000  # bytes
TOUCH = {"width": 180, "height": 180}  # the icon on a phone's home screen

DOOR = """
<svg class="door" viewBox="8 172 100 120">
    <path fill="#fff" d="M18 292v-74a40 40 0 0 1 80 0v74z"/>
    <path fill="#1e1646" d="M26 216a32 32 0 0 1 64 0z"/>
    <g transform="translate(26 184) scale(.32)" fill="#ffc62e">{fan}</g>
    <path fill="{colour}" d="M26 219h64v73H26z"/>
    <path fill-opacity=".24" d="M34 226h20v26h-20zm28 0h20v26h-20z"/>
    <path fill-opacity=".24" d="M34 262h20v24h-20zm28 0h20v24h-20z"/>
    <path fill="#ffc62e" d="M51 255h14v3h-14z"/><circle cx="83" cy="258" r="2.6" fill="#ffc62e"/>
    <path fill="#cfc6e6" d="M10 288h96v4h-96z"/>
</svg>"""
PAGE = """<!doctype html><html lang="en-GB"><title>Islington Aspires</title><style>
* {{margin:0; box-sizing:border-box}}
body {{width:1200px; height:630px; overflow:hidden; position:relative; background:{ground};
    color:{text}; font:800 124px/1 "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
    letter-spacing:-.035em}}
p {{position:absolute; inset:auto auto {foot}px 80px}}
.door {{position:absolute; inset:auto 80px 24px auto; height:582px}}
.step {{position:absolute; inset:auto 0 0; height:24px; background:#171035}}
.fan {{position:absolute; inset:auto -60px 190px auto; width:720px; fill:#ffdf86}}
.terrace {{position:absolute; inset:auto 0 0; height:300px; width:1200px}}
</style><body>{drawing}<p>Islington<br>Aspires</p></body></html>"""


def doors() -> dict[str, str]:
    """The door colours of the stylesheet, by name."""
    css = (ROOT / "static" / "css" / "site.css").read_text()
    return dict(re.findall(r"\[data-door=(\w+)\] \{--door:(#[0-9a-f]{6})\}", css))


def drawings() -> dict[str, str]:
    """The page to be photographed for each picture, by the picture's name."""
    fan = re.search(r"<path[^>]*/>", (IMAGES / "fanlight.svg").read_text())[0]
    terrace = (IMAGES / "terrace.svg").read_text().replace("<svg", '<svg class="terrace"', 1)
    sun = f'<svg class="fan" viewBox="0 0 200 100">{fan}</svg>{terrace}'
    pages = {"site": PAGE.format(ground="#ffc62e", text="#1e1646", foot=352, drawing=sun)}
    for name, colour in doors().items():
        door = DOOR.format(fan=fan, colour=colour) + '<div class="step"></div>'
        pages[name] = PAGE.format(ground=colour, text="#fff", foot=96, drawing=door)
    return pages


def save(shot: bytes, path: Path) -> None:
    """Keep a screenshot with few colours: a fraction of the bytes, and no visible difference."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    few = picture.quantize(COLOURS, kmeans=4, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
    if path.stat().st_size > HEAVIEST:
        sys.exit(f"{path.name} is too heavy")


def draw(page: Page) -> None:
    (IMAGES / "og").mkdir(exist_ok=True)
    page.set_viewport_size(SIZE)
    for name, html in drawings().items():
        page.set_content(html)
        save(page.screenshot(), IMAGES / "og" / f"{name}.png")
    page.set_viewport_size(TOUCH)
    mark = (IMAGES / "mark.svg").read_text().replace("<svg", '<svg height="132"', 1)
    page.set_content(
        "<style>body {margin:0; height:180px; display:grid; place-items:center; "
        f"background:#fff3cf}}</style>{mark}"
    )
    save(page.screenshot(), IMAGES / "touch.png")


def main() -> None:
    from tests.browser import ARGUMENTS, executable

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), headless=True, args=ARGUMENTS
        )
        draw(browser.new_page())
        browser.close()


if __name__ == "__main__":
    main()
