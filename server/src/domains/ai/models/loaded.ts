// Models in memory: the latest used of this process, read from the file storage by their hash.
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { storage } from '../../../kernel/files/index.ts'
import type { ModelRow } from '../ai.queries.ts'
import { unpackClassifier, type Classifier } from '../engines/classifier.ts'

const MOST = 8
const held = new Map<string, Promise<Classifier>>()

async function read(key: string, sha256: string): Promise<Classifier> {
  if (!storage.port) throw new Error('no file storage')
  const bytes = await buffer(await storage.port.get(key))
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('the file of the model was changed')
  return unpackClassifier(bytes)
}

/** Within `limitMs`; a storage that does not answer is asked anew the next time. @throws where the file is missing, late or is not what was stored */
export async function loadModel({ storage_key: key, sha256 }: Pick<ModelRow, 'storage_key' | 'sha256'>, limitMs: number): Promise<Classifier> {
  if (key === null || sha256 === null) throw new Error('the model has no file')
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      held.delete(sha256)
      fail(new Error(`the model was not there within ${limitMs} ms`))
    }, limitMs)
  })
  return Promise.race([shared(key, sha256), late]).finally(() => clearTimeout(timer))
}

function shared(key: string, sha256: string): Promise<Classifier> {
  const known = held.get(sha256)
  const model = known ?? read(key, sha256)
  held.delete(sha256)
  held.set(sha256, model)
  // What failed is tried again the next time.
  if (!known) model.catch(() => held.delete(sha256))
  for (const oldest of held.keys()) {
    if (held.size <= MOST) break
    held.delete(oldest)
  }
  return model
}
