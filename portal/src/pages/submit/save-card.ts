// Number and code as a picture for the album: what people keep when they write nothing down.

export async function saveCard(card: { centre: string; title: string; lines: string[]; foot: string }): Promise<void> {
  const canvas = document.createElement('canvas')
  canvas.width = 1080
  canvas.height = 760
  const paint = canvas.getContext('2d')
  if (!paint) return
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const font = style.getPropertyValue('--kit-font')
  paint.fillStyle = color('--ms-bg-panel')
  paint.fillRect(0, 0, canvas.width, canvas.height)
  paint.fillStyle = color('--ms-primary')
  paint.fillRect(0, 0, canvas.width, 140)
  const write = (text: string, y: number, size: number, ink: string, weight = 400) => {
    paint.fillStyle = color(ink)
    paint.font = `${weight} ${size}px ${font}`
    paint.fillText(text, 64, y, canvas.width - 128)
  }
  write(card.centre, 88, 44, '--ms-on-primary', 600)
  write(card.title, 240, 46, '--ms-text-1', 600)
  card.lines.forEach((line, i) => write(line, 360 + i * 110, 54, '--ms-text-1', 600))
  write(`☎ ${card.foot}`, 660, 44, '--ms-text-2')
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${card.lines[0] ?? '诉求'}.png`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
