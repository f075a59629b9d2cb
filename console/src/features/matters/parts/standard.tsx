// What every object of the standard shows alike: state, origin, durations, and how values of any field read.
import type { ReactElement } from 'react'
import type { InputOf, OutputOf } from '../../../api/call.ts'
import { Tag } from '../../../ui/Tags.tsx'
import type { Tone } from '../../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export type Matter = OutputOf<'getMatter'>
export type MatterRow = OutputOf<'listMatters'>['items'][number]
export type Element = Matter['elements'][number]
export type ClosingItem = Matter['closingStandard'][number]
export type Duration = NonNullable<Matter['duration']>
type DurationUnit = Duration['unit']
export type State = Matter['state']
export type StandardKind = InputOf<'actOnStandard'>['kind']

const states: State[] = ['draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void']
const tones: Record<State, Tone> = { draft: 'plain', pendingReview: 'near', effective: 'ok', rejected: 'over', withdrawn: 'calm', offline: 'calm', void: 'calm' }
export const stateOptions = states.map((state) => ({ value: state, label: t(state) }))

function isState(state: string): state is State {
  return Object.hasOwn(tones, state)
}

/** State in words, with a mark while a change waits for review. */
export function StandardTag({ state, name, pending }: { state: string; name?: string; pending?: boolean }): ReactElement {
  return (
    <span className="ms-row" style={{ gap: 4, flexWrap: 'nowrap', display: 'inline-flex' }}>
      <Tag tone={isState(state) ? tones[state] : 'plain'}>{name ?? (isState(state) ? t(state) : state)}</Tag>
      {pending && state !== 'pendingReview' ? <Tag tone="near" title={t('pending')} icon="eye">{t('pendingReview')}</Tag> : null}
    </span>
  )
}

export const durationUnits: DurationUnit[] = ['workingDays', 'workingHours', 'naturalDays', 'naturalHours', 'naturalMinutes']

export function durationText(duration: { amount: number; unit: DurationUnit } | null | undefined): string {
  return duration ? `${duration.amount}个${t(`unit_${duration.unit}`)}`.replace('个分钟', '分钟') : t('none')
}

export const elementTypes = ['text', 'number', 'date', 'choice', 'multiple', 'person', 'telephone', 'address', 'file'] as const
export const levels = [1, 2, 3, 4, 5] as const
export const levelName = (level: number): string => (level === 1 ? t('level1') : level === 2 ? t('level2') : level === 3 ? t('level3') : level === 4 ? t('level4') : level === 5 ? t('level5') : String(level))
export const levelsText = (list: readonly number[]): string => (list.length ? list.map(levelName).join('、') : t('levelAll'))
