// What can be drawn: dragged onto the canvas, or put into its middle by a click or Enter.
import type { ReactElement } from 'react'
import { useRef } from 'react'
import type { NodeKind } from './flow-types.ts'
import { kinds } from './graph-edit.ts'
import { t } from './texts.zh-CN.ts'

export function Palette({ onDrag, onAdd }: { onDrag: (kind: NodeKind) => void; onAdd: (kind: NodeKind) => void }): ReactElement {
  // the drag begins only when the pointer leaves its place: a click adds
  const pressed = useRef<NodeKind | null>(null)
  return (
    <div className="ms-flow-palette" role="group" aria-label={t('palette')}>
      <span className="ms-hint">{t('paletteHint')}</span>
      {kinds.map((kind) => (
        <button key={kind} type="button" data-kind={kind} title={t(`hint_${kind}`)} onClick={() => onAdd(kind)} onPointerDown={() => { pressed.current = kind }} onPointerMove={(event) => {
          if (event.buttons !== 1 || pressed.current !== kind) return
          pressed.current = null
          onDrag(kind)
        }}>{t(`kind_${kind}`)}</button>
      ))}
    </div>
  )
}
