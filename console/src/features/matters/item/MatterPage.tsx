// One matter: facts, elements, limits, closing standard, duties, history; acts from the server.
import { Button, Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useRecent } from '../../../app/recent.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useTopic } from '../../../api/realtime.ts'
import { useSession } from '../../../app/session.tsx'
import { ActBar } from '../../../ui/ActBar.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { Facts, Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { durationText, levelsText, StandardTag } from '../parts/standard.tsx'
import type { Element, Matter } from '../parts/standard.tsx'
import { KeepTemplate } from '../templates/KeepTemplate.tsx'
import { t as templates } from '../templates/texts.zh-CN.ts'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { useStandardActs } from '../parts/use-standard-acts.tsx'
import { MatterDuties } from './MatterDuties.tsx'
import { MatterHistory } from './MatterHistory.tsx'
import { MatterLimits } from './MatterLimits.tsx'
import { t } from './texts.zh-CN.ts'
import { useMatter } from './use-matter.ts'

const tabs = ['basic', 'elements', 'limits', 'closing', 'duties', 'history'] as const
type Tab = (typeof tabs)[number]
const isTab = (name: string | null): name is Tab => tabs.some((tab) => tab === name)

export default function MatterPage(): ReactElement {
  const { code = '' } = useParams()
  const { query, missing, problem } = useMatter(code)
  if (missing || (problem && !query.data)) return <Page title={t('matter')}><section className="ms-section"><Empty kind={missing ? 'filter' : 'failed'} text={missing ? t('notFound', { code }) : undefined} problem={problem ?? undefined} hint={<Link to="/matters">{t('back')}</Link>} /></section></Page>
  return <QueryView query={query}>{(matter) => <MatterView matter={matter} />}</QueryView>
}

function MatterView({ matter }: { matter: Matter }): ReactElement {
  const navigate = useNavigate()
  const { can } = useSession()
  const [keeping, setKeeping] = useState(false)
  const [search, setSearch] = useSearchParams()
  const types = useQueryOf('listAppealTypes', { all: 'true' }, { staleTime: 300_000 })
  const duties = useQueryOf('listDutyEntries', { matterId: matter.id, limit: 100 })
  useTopic('matters.standard', ['getMatter', 'listDutyEntries'])
  useRecent({ kind: t('matter'), title: `${matter.name} ${matter.code}`, path: `/matters/items/${encodeURIComponent(matter.code)}` })
  const acts = useStandardActs({ kind: 'matter', id: matter.id, title: matter.name, pendingChangeId: matter.pendingChangeId, onEdit: () => void navigate(`/matters/items/${encodeURIComponent(matter.code)}/edit`), onGone: () => void navigate('/matters') })
  const tab = isTab(search.get('tab')) ? search.get('tab') ?? 'basic' : 'basic'
  const open = (next: string) => setSearch(next === 'basic' ? {} : { tab: next }, { replace: true })
  useKeys(t('matter'), tabs.map((name, i) => ({ keys: String(i + 1), label: labels[name], run: () => open(name) })))
  const typeName = (id: string) => types.data?.items.find((type) => type.id === id)?.name ?? id
  const count = (n: number) => (n ? ` ${n}` : '')
  return (
    <Page title={matter.name} sub={<span className="ms-code">{matter.code}</span>} stateText={matter.stateName} help="matters"
      state={<><StandardTag state={matter.state} name={matter.stateName} />{matter.version ? <Tag>{shared('versionN', { n: matter.version })}</Tag> : null}{matter.vertical ? <Tag tone="primary">{t('vertical')}</Tag> : null}{matter.origin === 'upper' ? <Tag tone="low" icon="lock" title={shared('upperHint')}>{shared('upper')}</Tag> : null}</>}
      acts={<>{can('matters.edit') ? <Button onClick={() => setKeeping(true)}>{templates('keep')}</Button> : null}<ActBar acts={matter.acts} known={acts.known} main="edit" group={t('matter')} /></>}
      bar={matter.pendingChangeId ? <div className="ms-note ms-row"><span>{t('pendingNote')}</span><Link to={`/matters/reviews?change=${matter.pendingChangeId}`}>{t('openReview')}</Link></div> : null}>
      <div className="ms-muted"><Link to="/matters">{t('back')}</Link> · <Link to={`/matters?directoryId=${matter.directoryId}`}>{matter.directoryPath.join(' / ')}</Link></div>
      <Tabs activeKey={tab} onChange={open} items={[
        { key: 'basic', label: t('tabBasic') }, { key: 'elements', label: `${t('tabElements')}${count(matter.elements.length + matter.inheritedElements.length)}` }, { key: 'limits', label: t('tabLimits') },
        { key: 'closing', label: `${t('tabClosing')}${count(matter.closingStandard.length)}` }, { key: 'duties', label: `${t('tabDuties')}${count(duties.data?.items.length ?? 0)}` }, { key: 'history', label: t('tabHistory') },
      ]} style={{ marginBlockEnd: -12 }} />
      {tab === 'basic' ? (
        <Section>
          <Facts columns={2} items={[
            { label: t('directory'), value: matter.directoryPath.join(' / ') },
            { label: t('types'), value: matter.appealTypes.length ? matter.appealTypes.map(typeName).join('、') : t('typesAll') },
            { label: t('unit'), value: matter.competentUnitName },
            { label: t('levels'), value: levelsText(matter.levels) },
            { label: t('division'), value: matter.division },
            { label: t('duration'), value: durationText(matter.duration) },
            { label: t('conditions'), value: <span className="ms-pre">{matter.conditions ?? '–'}</span> },
            { label: t('materials'), value: <span className="ms-pre">{matter.materials ?? '–'}</span> },
            { label: t('closingBasis'), value: <span className="ms-pre">{matter.closingBasis ?? '–'}</span> },
            { label: t('keywords'), value: matter.keywords.length ? <span className="ms-row" style={{ gap: 4 }}>{matter.keywords.map((word) => <Tag key={word}>{word}</Tag>)}</span> : null },
            { label: t('rulesCallback'), value: matter.rules.callback === undefined ? t('followType') : matter.rules.callback ? shared('yes') : shared('no') },
            { label: t('replyTemplate'), value: <span className="ms-pre">{matter.rules.replyTemplate ?? '–'}</span> },
            { label: t('created'), value: <>{matter.createdByName} <Time iso={matter.createdAt} /></> },
            { label: t('updated'), value: <Time iso={matter.updatedAt} /> },
          ]} />
        </Section>
      ) : tab === 'elements' ? (
        <>
          <Section title={t('ownElements')} flush={matter.elements.length > 0}>{matter.elements.length ? <ElementTable elements={matter.elements} /> : <span className="ms-muted">{t('noElements')}</span>}</Section>
          {matter.inheritedElements.length ? <Section flush title={<span className="ms-row">{t('inherited')} <span className="ms-hint">{t('inheritedHint')}</span></span>}><ElementTable elements={matter.inheritedElements} /></Section> : null}
        </>
      ) : tab === 'limits' ? <MatterLimits matter={matter} types={types.data?.items ?? []} />
        : tab === 'closing' ? (
          <Section title={t('closingStandard')} extra={<span className="ms-hint">{t('closingHint')}</span>}>
            {matter.closingStandard.length ? <ol style={{ margin: 0, paddingInlineStart: 20 }}>{matter.closingStandard.map((item, i) => <li key={i}>{item.text} {item.evidence ? <Tag tone="near">{t('evidence')}</Tag> : null}</li>)}</ol> : <span className="ms-muted">{t('closingNone')}</span>}
          </Section>
        ) : tab === 'duties' ? <MatterDuties matter={matter} /> : <MatterHistory kind="matter" id={matter.id} />}
      {acts.dialog}
      <KeepTemplate open={keeping} onClose={() => setKeeping(false)} matter={matter} />
    </Page>
  )
}

const labels: Record<Tab, string> = { basic: t('tabBasic'), elements: t('tabElements'), limits: t('tabLimits'), closing: t('tabClosing'), duties: t('tabDuties'), history: t('tabHistory') }

function ElementTable({ elements }: { elements: readonly Element[] }): ReactElement {
  return (
    <table className="ms-plain-table">
      <thead><tr><th scope="col">{t('elementName')}</th><th scope="col">{t('elementCode')}</th><th scope="col">{t('elementType')}</th><th scope="col">{t('options')}</th><th scope="col">{t('prompt')}</th><th scope="col">{t('dependsOn')}</th></tr></thead>
      <tbody>{elements.map((element) => (
        <tr key={element.code}>
          <td>{element.name} {element.required ? <Tag tone="primary">{t('required')}</Tag> : null} {element.masked ? <Tag icon="lock">{t('masked')}</Tag> : null}</td><td className="ms-code">{element.code}</td><td>{shared(`elementType_${element.type}`)}</td>
          <td>{element.options?.join('、') ?? ([element.min, element.max].some((one) => one !== undefined) ? `${element.min ?? '…'} – ${element.max ?? '…'}` : (element.format ?? '–'))}</td><td>{[element.prompt, element.help].filter(Boolean).join('；') || '–'}</td>
          <td>{element.dependsOn ? `${elements.find((one) => one.code === element.dependsOn?.code)?.name ?? element.dependsOn.code} = ${element.dependsOn.equals.join(' / ')}` : '–'}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}
