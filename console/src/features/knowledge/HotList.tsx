// 热榜: what is opened and quoted most these days; whoever keeps knowledge pins and hides.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { asProblem } from '../../api/problem.ts'
import { useSession } from '../../app/session.tsx'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function HotList({ pick, search }: { pick: (id: string) => void; search: (words: string) => void }): ReactElement | null {
  const hot = useQueryOf('knowledgeHotList', {}, { staleTime: 60_000 })
  const { can } = useSession()
  const send = useAct('knowledgeHotList')
  const data = hot.data
  if (!data || data.items.length + data.words.length + data.hidden.length === 0) return null
  const set = (id: string, mode: 'pin' | 'hide' | 'none') => void send('setKnowledgeHot', { id, mode }).catch((error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <section className="ms-kno-hot" aria-label={t('hot')}>
      {data.words.length > 0 ? <div className="ms-kno-bar"><strong>{t('hotWords2')}</strong>{data.words.map((one) => <button key={one.words} type="button" className="ms-link-button" onClick={() => search(one.words)}>{one.words}</button>)}</div> : null}
      {data.items.length > 0 ? <><h3>{t('hot')} <span className="ms-hint">{t('hotHint', { n: data.days })}</span></h3>
        <ol>{data.items.map((one) => <li key={one.id}><button type="button" className="ms-link-button" onClick={() => pick(one.id)}>{one.title}</button> {one.pinned ? <Tag tone="primary">{t('pinned')}</Tag> : null}<span className="ms-hint">{t('hotUse', { n: one.searched, m: one.cited })}</span>{can('knowledge.manage') ? <span className="ms-kno-hotacts"><button type="button" className="ms-link-button" onClick={() => set(one.id, one.pinned ? 'none' : 'pin')}>{one.pinned ? t('unpin') : t('pin')}</button><button type="button" className="ms-link-button" onClick={() => set(one.id, 'hide')}>{t('hide')}</button></span> : null}</li>)}</ol></> : null}
      {data.hidden.length > 0 ? <div className="ms-hint">{t('hidden')}{data.hidden.map((one) => <button key={one.id} type="button" className="ms-link-button" onClick={() => set(one.id, 'none')}>{one.title}（{t('unhide')}）</button>)}</div> : null}
    </section>
  )
}
