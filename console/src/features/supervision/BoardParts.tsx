// Cells that boards share: a number that opens its list, in the tone of its meaning.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { count } from '../../ui/numbers.ts'
import { pathOf } from './lists.ts'
import type { BoardFigure } from './lists.ts'

export function Cell({ figure, tone }: { figure: BoardFigure; tone?: 'near' | 'over' }): ReactElement {
  return <td className="ms-num">{figure.count > 0 ? <Link to={pathOf(figure.list)} data-tone={tone} aria-label={`${figure.name} ${figure.count}`}>{count(figure.count)}</Link> : <span className="ms-hint">0</span>}</td>
}
