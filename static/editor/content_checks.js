// How the rules of core/userbar.py are checked, for editors only: each gets an element and the
// rule's options and answers whether all is well.
{
  const SKIP = 'script, style, svg, template, wagtail-userbar'

  const isInline = element => ['inline', 'contents'].includes(getComputedStyle(element).display)

  // The text of an element up to the next block; what stands in blocks of its own is left to them.
  const textUpToBlocks = element => [...element.childNodes].map(node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, ' ')
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(SKIP)) return ''
    return node.nodeName !== 'BR' && isInline(node) ? textUpToBlocks(node) : '\n'
  }).join('')

  // Lines of text that belong to this element itself: none for an inline one, a part of its parent's.
  const linesOf = element => element.closest(SKIP) || isInline(element)
    ? []
    : textUpToBlocks(element).split('\n').map(line => line.trim()).filter(Boolean)

  const sentencesOf = line => line.split(/(?<=[.!?][”’)]*)\s+/)

  const wordsOf = text => text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word))

  const nameOf = link => (link.getAttribute('aria-label') ?? link.textContent)
    .replace(/\s+/g, ' ').replace(/[\s.,:;!›»→>…]+$/, '').trim().toLowerCase()

  const targetOf = link => link.href.replace(/#.*/, '')

  const description = () => document.querySelector('meta[name=description]')?.content.trim() ?? ''

  const patternFor = word => word.replace(/\s+/g, '\\s+').replace('*', '[\\p{L}]*')

  const checks = {
    'long-sentence': (element, { most }) => linesOf(element)
      .flatMap(sentencesOf).every(sentence => wordsOf(sentence).length <= most),

    'banned-word': (element, { words }) => {
      const banned = new RegExp(`(?<!\\p{L})(${words.map(patternFor).join('|')})(?!\\p{L})`, 'iu')
      return !linesOf(element).some(line => banned.test(line))
    },

    // 2 words or more in capitals, or one of 6 letters or more; what is in `acronyms` is none.
    'all-capitals': (element, { acronyms }) => linesOf(element).every(line => {
      let run = 0
      return line.split(/[^\p{L}\p{N}’']+/u).filter(Boolean).every(word => {
        const shouts = /^[\p{Lu}’']{2,}$/u.test(word) && !acronyms.includes(word)
        run = shouts ? run + 1 : 0
        return run < 2 && !(shouts && word.length >= 6)
      })
    }),

    'vague-link': (link, { texts }) => !texts.includes(nameOf(link)),

    'same-link-text': link => !nameOf(link) || [...document.querySelectorAll('main a[href]')]
      .every(other => nameOf(other) !== nameOf(link) || targetOf(other) === targetOf(link)),

    'long-title': (heading, { most, ending }) => document.title.replace(ending, '').length <= most,

    'long-description': (heading, { most }) => description().length <= most,

    'no-description': heading => description() !== heading.textContent.trim()
  }

  for (const [id, check] of Object.entries(checks)) {
    window.wagtail.userbar.registerCheck(`check-${id}`, check)
  }
}
