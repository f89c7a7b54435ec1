// Prints what OpenActive's validator finds on each page of a feed: {"failure": 0, "warning": 3, …}
const { RpdeValidator } = require("@openactive/rpde-validator");

const [url] = process.argv.slice(2);
const options = { pageLimit: 50, requestDelayMs: 0, timeoutMs: 10000, logCallback: () => {} };

RpdeValidator(url, options).then((found) => {
    const counts = { pages: found.pages.length };
    for (const page of found.pages) {
        for (const { data } of page.errors) {
            counts[data.severity] = (counts[data.severity] || 0) + 1;
        }
    }
    console.log(JSON.stringify(counts));
});
