import type { ReactElement } from 'react'
import type { TreeChoice } from '../../../../forms/index.ts'
import { Field } from '../Fields.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { name: string; label: string; help?: string | undefined; error?: string | undefined; optional: boolean; tree: readonly TreeChoice[]; value: string; onValue: (value: unknown) => void }

/** Graded choices as one list a level; the value is the leaf, a branch chosen on the way is remembered by its own code. */
export function Cascade({ tree, value, onValue, ...shared }: Props): ReactElement {
  const path = pathTo(tree, value)
  const levels: { nodes: readonly TreeChoice[]; chosen: string }[] = []
  let nodes = tree
  for (let level = 0; nodes.length > 0; level++) {
    const chosen = path[level] ?? ''
    levels.push({ nodes, chosen })
    nodes = nodes.find((node) => node.const === chosen)?.children ?? []
  }
  return (
    <Field {...shared}>
      {(wired) => levels.map(({ nodes: options, chosen }, level) => (
        <select key={level} {...(level === 0 ? wired : { 'aria-label': t('level', { label: shared.label, n: level + 1 }) })} className="k-input" value={chosen} onChange={(event) => onValue(event.target.value || path[level - 1] || undefined)}>
          <option value="">{t('choose')}</option>
          {options.map((node) => <option key={node.const} value={node.const}>{node.title}</option>)}
        </select>
      ))}
    </Field>
  )
}

function pathTo(nodes: readonly TreeChoice[], wanted: string): string[] {
  for (const node of nodes) {
    if (node.const === wanted) return [node.const]
    const below = pathTo(node.children ?? [], wanted)
    if (below.length > 0) return [node.const, ...below]
  }
  return []
}
