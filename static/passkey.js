// Asks a device for a passkey, and sends the form with what it answers. Without this script, or
// without such a device, the code app does the same.

const form = document.querySelector('form[data-passkey]')

const bytesOf = (text) => {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (character) => character.charCodeAt(0))
}

const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const known = ({ known: ids }) =>
  ids
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => ({ type: 'public-key', id: bytesOf(id) }))

async function makePasskey(data) {
  const { rawId, response } = await navigator.credentials.create({
    publicKey: {
      challenge: bytesOf(data.challenge),
      rp: { id: data.site, name: data.siteName },
      user: {
        id: new TextEncoder().encode(data.personId),
        name: data.personEmail,
        displayName: data.personName,
      },
      pubKeyCredParams: [
        { type: 'public-key', alg: -8 },
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      excludeCredentials: known(data),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      attestation: 'none',
    },
  })
  return answer(rawId, {
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  })
}

async function showPasskey(data) {
  const { rawId, response } = await navigator.credentials.get({
    publicKey: {
      challenge: bytesOf(data.challenge),
      rpId: data.site,
      allowCredentials: known(data),
      userVerification: 'preferred',
    },
  })
  return answer(rawId, {
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  })
}

const answer = (rawId, response) => ({
  id: textOf(rawId),
  rawId: textOf(rawId),
  type: 'public-key',
  response,
  clientExtensionResults: {},
})

function begin() {
  const { dataset } = form
  const teller = form.querySelector('[data-told]')
  const ask = async () => {
    teller.textContent = ''
    const given = await (dataset.passkey === 'new' ? makePasskey(dataset) : showPasskey(dataset))
    form.elements.passkey.value = JSON.stringify(given)
    form.submit()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    ask().catch(() => {
      teller.textContent = teller.dataset.told
    })
  })
  form.hidden = false
}

if (form && 'credentials' in navigator && 'PublicKeyCredential' in window) begin()
