// Passkeys: the browser asks the device, and the form takes along what it says.
// The forms are hidden where the browser cannot, or where the host is a bare address.
const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON && !/^[\d.]+$|:/.test(location.hostname)

for (const form of able ? document.querySelectorAll('form[data-passkey]') : []) {
  form.hidden = false
  document.querySelector('[data-without-passkeys]')?.remove()
  const { publicKey } = JSON.parse(form.querySelector('script').textContent)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    form.querySelector('[role=alert]')?.remove()
    try {
      const passkey = form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
      form.elements.credential.value = JSON.stringify(passkey)
      form.submit()
    } catch {
      const words = Object.assign(document.createElement('p'), { className: 'msg', role: 'alert', textContent: form.dataset.failed })
      form.prepend(words)
    }
  })
}
