// What can be drawn: dragged onto the canvas, or put into its middle by a click or Enter.
import type { ReactElement } from 'react'
import type { NodeKind } from './flow-types.ts'
import { kinds } from './graph-edit.ts'
import { t } from './texts.zh-CN.ts'

export function Palette({ onDrag, onAdd }: { onDrag: (kind: NodeKind) => void; onAdd: (kind: NodeKind) => void }): ReactElement {
  return (
    <div className="ms-flow-palette" role="group" aria-label={t('palette')}>
      <span className="ms-hint">{t('paletteHint')}</span>
      {kinds.map((kind) => (
        // the drag begins only when the pointer moves: a click adds
        <button key={kind} type="button" data-kind={kind} title={t(`hint_${kind}`)} onClick={() => onAdd(kind)} onPointerMove={(event) => { if (event.buttons === 1) onDrag(kind) }}>{t(`kind_${kind}`)}</button>
      ))}
    </div>
  )
}
