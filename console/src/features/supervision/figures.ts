// Tone and definition of the board's figures.
import type { Definition } from '../../ui/Figure.tsx'
import type { BoardFigure } from './lists.ts'
import { t } from './texts.zh-CN.ts'

const bad = new Set(['overdue', 'redCards'])
const warning = new Set(['near', 'yellowCards', 'stayed', 'tasksOpen', 'urgesOwed'])

export function toneOf({ key, count }: Pick<BoardFigure, 'key' | 'count'>): 'near' | 'over' | undefined {
  if (count === 0) return undefined
  return bad.has(key) ? 'over' : warning.has(key) ? 'near' : undefined
}

const definitions: Record<string, string> = {
  near: t('def.near'), overdue: t('def.overdue'), stayed: t('def.stayed'), returned: t('def.returned'), yellowCards: t('def.yellowCards'), redCards: t('def.redCards'), urgesOwed: t('def.urgesOwed'), tasksOpen: t('def.tasksOpen'),
  supervised: t('def.supervised'), repeatUrged: t('def.repeatUrged'),
}

export function definitionOf(key: string): Definition | undefined {
  const definition = definitions[key]
  return definition ? { definition, dateBase: t('def.dateBase') } : undefined
}
