// 改进意见: what was adopted and how far it is, one's own, what waits for review, and figures (PLA-36).
import { Button, Drawer, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { isAttachments } from '../../ui/Attachments.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { Statistics } from './Statistics.tsx'
import { SuggestionView } from './SuggestionView.tsx'
import { t } from './texts.zh-CN.ts'

export type Item = OutputOf<'listSuggestions'>['items'][number]
export type Detail = OutputOf<'getSuggestion'>
export const tones = { draft: 'calm', firstReview: 'near', secondReview: 'near', refused: 'calm', planned: 'primary', developing: 'primary', released: 'ok' } as const
const scopes = ['adopted', 'mine', 'firstReview', 'secondReview', 'all', 'statistics'] as const
type Of = (typeof scopes)[number]
export type Deed = 'pass' | 'adopt' | 'refuse' | 'develop' | 'release'
const exported = ['title', 'kind', 'urgency', 'tenant', 'unit', 'by', 'state', 'reason', 'content', 'effect', 'submittedAt']

export default function SuggestionsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const review = can('platform.reviewSuggestions')
  const decide = can('platform.decideSuggestions')
  const [top, setTop] = useState(true)
  const open: Of[] = scopes.filter((of) => (of === 'mine' ? can('platform.suggest') : of === 'firstReview' ? review : of === 'secondReview' ? decide && top : of === 'adopted' || review || decide))
  const of: Of = open.find((one) => one === search.get('of')) ?? 'adopted'
  const id = search.get('id')
  const list = useQueryOf('listSuggestions', { of: of === 'statistics' ? 'adopted' : of, limit: 100 })
  useEffect(() => { if (list.data) setTop(list.data.top) }, [list.data])
  const send = useAct('listSuggestions', 'getSuggestion', 'suggestionStatistics')
  const [chosen, setChosen] = useState<string[]>([])
  const [editing, setEditing] = useState<Detail | 'new' | null>(null)
  const [acting, setActing] = useState<{ deed: Deed; ids: string[] } | null>(null)
  const go = (next: Of, one?: string) => { setChosen([]); setSearch({ of: next, ...(one ? { id: one } : {}) }) }
  useKeys(t('title'), can('platform.suggest') ? [{ keys: 'c', label: t('write'), run: () => setEditing('new') }] : [])
  const batch: Deed[] = of === 'firstReview' ? ['pass', 'refuse'] : of === 'secondReview' ? ['adopt', 'refuse'] : []
  const submit = async (one: { id: string; version: number }) => {
    try {
      await send('submitSuggestion', { id: one.id, version: one.version })
    } catch (error) {
      const problem = asProblem(error)
      if (problem.code !== 'platform.suggestionSimilar') { say(problem.message, 'over'); return }
      if (!(await confirm({ title: t('nearTitle'), text: t('nearText', { list: problem.detail ?? '' }), verb: t('different') }))) return
      try {
        await send('submitSuggestion', { id: one.id, version: one.version, different: true })
      } catch (again) { say(asProblem(again).message, 'over'); return }
    }
    say(t('submitted'))
  }
  return (
    <Page title={t('title')} state={<Segmented size="small" value={of} options={open.map((value) => ({ value, label: t(`of_${value}`) }))} onChange={(next) => go(next)} />}
      acts={<>
        {review && of !== 'statistics' ? <Button onClick={() => void exportSheet('suggestions', { of }, exported)}>{t('export')}</Button> : null}
        {can('platform.suggest') ? <Button type="primary" icon={<Icon name="plus" />} onClick={() => setEditing('new')}>{t('write')}<kbd className="ms-kbd">c</kbd></Button> : null}
      </>}>
      {of === 'statistics' ? <Statistics /> : (
        <QueryView query={list}>
          {({ items }) => (
            <Section flush={items.length > 0} extra={chosen.length > 0 ? <div className="ms-acts"><span className="ms-muted">{t('chosen', { n: chosen.length })}</span>{batch.map((deed) => <Button key={deed} size="small" onClick={() => setActing({ deed, ids: chosen })}>{t(deed)}</Button>)}</div> : undefined} {...(chosen.length > 0 ? { title: t(`of_${of}`) } : {})}>
              {items.length === 0 ? <Empty kind="done" text={of === 'mine' || of === 'adopted' ? t('none') : t('noneHere')} {...(of === 'mine' || of === 'adopted' ? { hint: t('noneHint') } : {})} /> : (
                <table className="ms-plain-table">
                  <caption className="ms-hidden">{t(`of_${of}`)}</caption>
                  <thead><tr>
                    {batch.length > 0 ? <th scope="col" style={{ inlineSize: 40 }}><input type="checkbox" aria-label={t('all')} checked={chosen.length === items.length} onChange={(e) => setChosen(e.target.checked ? items.map((one) => one.id) : [])} /></th> : null}
                    <th scope="col" style={{ inlineSize: 72 }}>{t('kind')}</th><th scope="col">{t('subject')}</th><th scope="col" style={{ inlineSize: 220 }}>{t('by')}</th><th scope="col" style={{ inlineSize: 96 }}>{t('state')}</th><th scope="col" style={{ inlineSize: 140 }}>{t('at')}</th>
                  </tr></thead>
                  <tbody>{items.map((one) => (
                    <tr key={one.id}>
                      {batch.length > 0 ? <td><input type="checkbox" aria-label={one.title} checked={chosen.includes(one.id)} onChange={(e) => setChosen(e.target.checked ? [...chosen, one.id] : chosen.filter((other) => other !== one.id))} /></td> : null}
                      <td>{t(one.kind)}</td>
                      <td><button type="button" className="ms-link-button" onClick={() => setSearch({ of, id: one.id })}>{one.title}</button> {one.urgency === 'urgent' ? <Tag tone="over">{t('urgent')}</Tag> : null}{one.state === 'refused' && one.reason ? <div className="ms-hint">{one.reason}</div> : null}</td>
                      <td>{one.by} <span className="ms-hint">{one.tenantName} · {one.unitName}</span></td><td><Tag tone={tones[one.state]}>{t(one.state)}</Tag></td><td><Time iso={one.changedAt} /></td>
                    </tr>
                  ))}</tbody>
                </table>
              )}
            </Section>
          )}
        </QueryView>
      )}
      <Drawer open={id !== null} onClose={() => setSearch({ of })} title={t('title')} size={720} destroyOnHidden>
        {id ? <SuggestionView id={id} onOpen={(other) => setSearch({ of, id: other })} onEdit={setEditing} onSubmit={(one) => void submit(one)} onDeed={(deed) => setActing({ deed, ids: [id] })} /> : null}
      </Drawer>
      <Writing key={editing === null || editing === 'new' ? 'new' : `${editing.id} ${editing.version}`} of={editing} onClose={() => setEditing(null)} save={async (values) => {
        const files = isAttachments(values.files) ? values.files.map((file) => file.id) : []
        const { files: _files, ...rest } = values
        if (editing !== null && editing !== 'new') await send('changeSuggestion', { ...rest, id: editing.id, version: editing.version, fileIds: files.filter((file) => !editing.files.some((one) => one.id === file)) })
        else go('mine', (await send('createSuggestion', { ...rest, fileIds: files })).id)
        say(t('saved'))
      }} />
      <ActDrawer key={acting?.deed ?? ''} open={acting !== null} onClose={() => setActing(null)} title={acting ? t(acting.deed) : ''} submitLabel={acting ? t(acting.deed) : ''}
        schema={{ type: 'object', ...(acting?.deed === 'refuse' ? { required: ['reason'] } : {}), properties: { reason: { type: 'string', title: acting?.deed === 'refuse' ? t('reasonMust') : t('reason'), format: 'textarea', maxLength: 500 } } }}
        submit={async (values) => {
          if (!acting) return
          const first = acting.deed === 'pass' || (acting.deed === 'refuse' && of === 'firstReview')
          const { done, failed } = await send(first ? 'reviewSuggestions' : 'decideSuggestions', { ids: acting.ids, outcome: acting.deed, reason: values.reason ?? '' })
          setChosen([])
          if (done > 0) say(t('done', { n: done }))
          for (const one of failed) say(t('failed', { title: one.title, reason: one.reason }), 'over')
        }} />
    </Page>
  )
}

const languages = ['zh-CN', 'zh-TW', 'en', 'ug', 'bo', 'mn'] as const

function Writing({ of, onClose, save }: { of: Detail | 'new' | null; onClose: () => void; save: (values: Record<string, unknown>) => Promise<void> }): ReactElement {
  const draft = of === 'new' ? null : of
  return (
    <ActDrawer open={of !== null} onClose={onClose} title={t(draft ? 'edit' : 'write')} submitLabel={t('save')} loaders={{ unit: unitLoader() }} {...(draft ? {} : { draftKey: 'suggestion' })}
      initial={draft ? { kind: draft.kind, title: draft.title, content: draft.content, effect: draft.effect, urgency: draft.urgency, language: draft.language, ...(draft.unitId ? { unitId: draft.unitId } : {}), files: draft.files } : { kind: 'system', urgency: 'normal', language: 'zh-CN' }}
      schema={{
        type: 'object', required: ['kind', 'title', 'content'],
        properties: {
          kind: { type: 'string', title: t('kind'), 'x-half': true, oneOf: (['system', 'business'] as const).map((kind) => ({ const: kind, title: t(kind) })) },
          urgency: { type: 'string', title: t('urgency'), 'x-half': true, oneOf: (['normal', 'urgent'] as const).map((one) => ({ const: one, title: t(one) })) },
          title: { type: 'string', title: t('subject'), minLength: 2, maxLength: 80 }, content: { type: 'string', title: t('content'), format: 'textarea', minLength: 5, maxLength: 5000 }, effect: { type: 'string', title: t('effect'), format: 'textarea', maxLength: 1000 },
          unitId: { type: 'string', title: t('unit'), description: t('unitHint'), format: 'unit', 'x-half': true },
          language: { type: 'string', title: t('language'), 'x-half': true, 'x-buttons': false, oneOf: languages.map((one) => ({ const: one, title: t(`lang_${one}`) })) }, files: { type: 'array', title: t('files'), format: 'file' },
        },
      }}
      submit={save} />
  )
}
