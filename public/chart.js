// Charts are kept as SVG. For programs that take only pixels the browser draws them, with the reader's own fonts.
for (const link of document.querySelectorAll('a[data-png]')) {
  link.hidden = false
  link.addEventListener('click', async (event) => {
    event.preventDefault()
    const picture = new Image()
    picture.src = link.href
    try {
      await picture.decode()
    } catch {
      location.assign(link.href)
      return
    }
    // Twice the size, for slides and print.
    const canvas = document.createElement('canvas')
    canvas.width = picture.naturalWidth * 2
    canvas.height = picture.naturalHeight * 2
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
    canvas.toBlob((blob) => {
      if (!blob) return location.assign(link.href)
      const save = document.createElement('a')
      save.href = URL.createObjectURL(blob)
      save.download = `${new URL(link.href).pathname
        .split('/')
        .slice(2)
        .join('-')
        .replace(/\.svg$/, '')}.png`
      save.click()
      setTimeout(() => URL.revokeObjectURL(save.href), 60_000)
    }, 'image/png')
  })
}
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
