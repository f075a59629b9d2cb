import type { ReactElement } from 'react'
import { kindName } from './design.ts'
import type { FieldKind } from './design.ts'
import { t } from './texts.zh-CN.ts'

const groups: { key: 'basic' | 'choice' | 'people' | 'objects' | 'other'; kinds: FieldKind[] }[] = [
  { key: 'basic', kinds: ['text', 'textarea', 'number', 'integer', 'date', 'date-time'] },
  { key: 'choice', kinds: ['choice', 'multiple', 'boolean', 'cascade', 'rating'] },
  { key: 'people', kinds: ['person', 'phone', 'area', 'address', 'point'] },
  { key: 'objects', kinds: ['matter', 'unit', 'user', 'file'] },
  { key: 'other', kinds: ['table', 'computed', 'note'] },
]

export const dragKind = 'application/x-minsheng-field-kind'
export const dragName = 'application/x-minsheng-field'

/** Kinds of fields: pressed they join the form, dragged they go where they are dropped. */
export function Palette({ onAdd }: { onAdd: (kind: FieldKind) => void }): ReactElement {
  return (
    <nav className="ms-palette" aria-label={t('palette')}>
      <h2>{t('palette')}</h2>
      <p className="ms-hint">{t('paletteHint')}</p>
      {groups.map((group) => (
        <section key={group.key}>
          <h3>{t(`group_${group.key}`)}</h3>
          <div className="ms-palette-kinds">
            {group.kinds.map((kind) => (
              <button key={kind} type="button" draggable onDragStart={(event) => { event.dataTransfer.setData(dragKind, kind); event.dataTransfer.effectAllowed = 'copy' }} onClick={() => onAdd(kind)}>{kindName(kind)}</button>
            ))}
          </div>
        </section>
      ))}
    </nav>
  )
}
