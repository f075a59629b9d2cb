// A file asked for with a body (a password, a query): fetched, then handed to the browser under its name.
import { csrfToken, newKey } from '../api/http.ts'
import { problemFrom } from '../api/problem.ts'

/** The same picture without transparency, as office programs of older days want it. */
async function asJpeg(png: Blob): Promise<Blob> {
  const picture = await createImageBitmap(png)
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = [picture.width, picture.height]
  const paper = canvas.getContext('2d')
  if (!paper) throw problemFrom(0, null)
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(picture, 0, 0)
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(problemFrom(0, null))), 'image/jpeg', 0.92))
}

/** @throws Problem */
export async function download(address: string, body: Record<string, unknown>, name: string): Promise<void> {
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken() ?? '', 'idempotency-key': newKey() }, body: JSON.stringify(body) })
  if (!answer.ok) throw problemFrom(answer.status, await answer.json().catch(() => null))
  const file = await answer.blob()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(name.endsWith('.jpg') ? await asJpeg(file) : file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
