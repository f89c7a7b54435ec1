// Small enhancements. Every page works without them.

// The error summary takes the focus; its links bring the question into view, not just the box.
const summary = document.querySelector('[data-errors]')
if (summary) {
  summary.focus()
  summary.addEventListener('click', event => {
    const link = event.target.closest('a')
    const field = link && document.getElementById(link.hash.slice(1))
    if (!field) return
    event.preventDefault()
    const heading = field.closest('fieldset')?.querySelector('legend') ?? document.querySelector(`label[for="${field.id}"]`)
    heading?.scrollIntoView()
    field.focus({ preventScroll: true })
  })
}

// How many characters are left: shown at once, spoken when typing stops.
for (const box of document.querySelectorAll('textarea[data-max]')) {
  const shown = document.getElementById(`${box.id}-count`)
  const spoken = Object.assign(document.createElement('p'), { className: 'hide' })
  spoken.setAttribute('aria-live', 'polite')
  shown.after(spoken)
  let timer
  const update = event => {
    const left = box.dataset.max - [...box.value.replace(/\r\n?/g, '\n')].length
    const n = Math.abs(left)
    const number = `${n}`.replace(/\B(?=(\d{3})+$)/g, ',') // loading Intl takes long
    const text = `You have ${number} character${n === 1 ? '' : 's'} ${left < 0 ? 'too many' : 'remaining'}`
    shown.textContent = text
    shown.classList.toggle('msg', left < 0)
    clearTimeout(timer)
    if (event) timer = setTimeout(() => { spoken.textContent = text }, 1000)
  }
  box.addEventListener('input', update)
  addEventListener('pageshow', () => update())
  shown.setAttribute('aria-hidden', 'true')
  update()
}

// “I am not sure yet” unticks the other boxes, and they untick it.
for (const alone of document.querySelectorAll('[data-alone]')) {
  alone.closest('fieldset').addEventListener('change', ({ target }) => {
    if (!target.checked) return
    for (const box of alone.form.elements[alone.name]) {
      if ((box === alone) !== (target === alone)) box.checked = false
    }
  })
}

// A double click sends once.
for (const form of document.querySelectorAll('form[method=post]')) {
  let sent = 0
  form.addEventListener('submit', event => {
    if (Date.now() - sent < 1000) event.preventDefault()
    else sent = Date.now()
  })
}
// Back to a form that was sent: the same form, so that it cannot become a second enquiry.
const stamp = document.querySelector('[name=stamp]')
if (stamp && history.state?.stamp) stamp.value = history.state.stamp
else if (stamp) history.replaceState({ stamp: stamp.value }, '')
