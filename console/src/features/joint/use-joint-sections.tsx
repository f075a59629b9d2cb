// Whistles, joint tasks and objections to the industry mark of one order, as sections of its tab 办理事项.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Section } from '../../ui/Page.tsx'
import { JointFacts, useJointActs } from './JointsPage.tsx'
import { MarkFacts, useMarkActs } from './MarksPage.tsx'
import { t } from './texts.zh-CN.ts'
import { useWhistleActs, WhistleFacts } from './WhistlesPage.tsx'

export function useJointSections(orderId: string): { count: number; sections: ReactElement } {
  const of = { orderId, limit: 50 }
  const whistles = useQueryOf('listWhistles', of).data?.items ?? []
  const joints = useQueryOf('listJoints', of).data?.items ?? []
  const marks = useQueryOf('listMarkObjections', of).data?.items ?? []
  const whistle = useWhistleActs()
  const joint = useJointActs()
  const mark = useMarkActs()
  const sections = (
    <>
      {whistles.map((row) => <Section key={row.id} title={t('whistles')}><WhistleFacts row={row} acts={whistle.acts(row)} /></Section>)}
      {joints.map((row) => <Section key={row.id} title={t('joints')}><JointFacts row={row} acts={joint.acts(row)} open={joint.open} /></Section>)}
      {marks.map((row) => <Section key={row.id} title={t('marks')}><MarkFacts row={row} acts={mark.acts(row)} /></Section>)}
      {whistle.drawer}{joint.drawer}{mark.drawer}
    </>
  )
  return { count: whistles.length + joints.length + marks.length, sections }
}
