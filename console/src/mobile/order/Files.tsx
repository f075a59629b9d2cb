// Files of an order: pictures in place, sound and films played, documents by the phone's own viewer.
import { Icon, LinkButton, Sheet } from '@minsheng/portal/kit'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { fileAddress } from '../../ui/upload.ts'
import { t } from '../texts.zh-CN.ts'

type File = { id: string; name: string; type: string; size: number }
const inPlace = /^(image|audio|video)\//

export function Files({ files }: { files: readonly File[] }): ReactElement | null {
  const [at, setAt] = useState<number | null>(null)
  const open = at === null ? undefined : files[at]
  if (files.length === 0) return null
  return (
    <>
      <ul className="k-photos" aria-label={t('files')}>
        {files.map((file, i) => (
          <li key={file.id}>
            <button type="button" className="k-photo m-file" onClick={() => setAt(i)} aria-label={t('fileOpen', { name: file.name })}>
              {file.type.startsWith('image/') ? <img src={fileAddress(file.id)} alt="" loading="lazy" /> : <span className="m-file-name"><Icon name={file.type.startsWith('audio/') ? 'sound' : 'orders'} />{file.name}</span>}
            </button>
          </li>
        ))}
      </ul>
      <Sheet open={open !== undefined} title={open?.name ?? ''} onClose={() => setAt(null)}
        footer={open ? <><LinkButton to={`${location.origin}${fileAddress(open.id)}?download=true`}>{t('fileDownload')}</LinkButton>{files.length > 1 ? <button type="button" className="k-button" data-tone="plain" onClick={() => setAt(((at ?? 0) + 1) % files.length)}>{t('fileNext')}</button> : null}</> : undefined}>
        {open ? <Preview file={open} /> : null}
      </Sheet>
    </>
  )
}

function Preview({ file }: { file: File }): ReactElement {
  const address = fileAddress(file.id)
  if (file.type.startsWith('image/')) return <img className="m-preview" src={address} alt={file.name} />
  if (file.type.startsWith('audio/')) return <audio controls src={address} style={{ inlineSize: '100%' }} />
  if (file.type.startsWith('video/')) return <video className="m-preview" controls playsInline src={address} />
  return inPlace.test(file.type) ? <span /> : <p>{t('fileKind')}</p>
}
