// The thread that reads a Word file as simple HTML: whatever is wrong with the file ends this thread, not the service.
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

type Mammoth = { convertToHtml(input: { buffer: Buffer }, options: object): Promise<{ value: string }>; images: { imgElement(fn: () => Promise<{ src: string }>): unknown } }
const mammoth = createRequire(import.meta.url)('mammoth') as Mammoth // the package ships no types of its modules

// `workerData` is what index.ts gave. Pictures leave their mark, not their bytes.
parentPort?.postMessage((await mammoth.convertToHtml({ buffer: Buffer.from(workerData as Uint8Array) }, { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) })).value)
