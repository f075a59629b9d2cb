// One publication: written here, looked at as the public will see it, reviewed by another person.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer, ActPanel } from '../../ui/ActDrawer.tsx'
import { Attachments, isAttachments } from '../../ui/Attachments.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { fileAddress } from '../../ui/upload.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { kinds, toneOf, type Post } from './post-kinds.ts'
import './publicity.css'
import { t } from './texts.zh-CN.ts'

const schema: FormSchema = {
  type: 'object', required: ['kind', 'title', 'body'],
  properties: {
    kind: { type: 'string', title: t('kind'), oneOf: kinds.map((k) => ({ const: k.value, title: k.label })) },
    title: { type: 'string', title: t('title'), maxLength: 80 },
    summary: { type: 'string', title: t('summary'), description: t('faqHelp'), maxLength: 200 },
    category: { type: 'string', title: t('category'), description: t('categoryHelp'), maxLength: 40, 'x-half': true },
    matterId: { type: 'string', format: 'matter', title: t('postMatter'), description: t('matterHelp'), 'x-half': true },
    body: { type: 'string', format: 'textarea', title: t('body'), description: t('bodyHelp'), maxLength: 20_000 },
    publishAt: { type: 'string', format: 'date-time', title: t('publishAt'), description: t('publishAtHelp'), 'x-half': true },
    expiresAt: { type: 'string', format: 'date-time', title: t('expiresAt'), 'x-half': true },
    pinned: { type: 'boolean', title: t('pinned') },
    announce: { type: 'boolean', title: t('announce'), description: t('announceHelp') },
  },
}

export default function PostPage(): ReactElement {
  const { id = '' } = useParams()
  return id === 'new' ? <NewPost /> : <KnownPost key={id} id={id} />
}

function NewPost(): ReactElement {
  const navigate = useNavigate()
  const state: unknown = useLocation().state
  const add = useCommand('addPublication', { invalidates: ['listPublications'] })
  const seed = typeof state === 'object' && state !== null ? (state as FormValue) : { kind: 'notice' }
  return (
    <Page title={t('newPost')}>
      <Section><Editor initial={seed} draftKey="post:new" save={async (body) => {
        const made = await add.mutateAsync({ ...body, orderId: typeof seed.orderId === 'string' ? seed.orderId : null })
        say(t('saved'))
        void navigate(`/content/posts/${made.id}`, { replace: true })
      }} /></Section>
    </Page>
  )
}

type Body = ReturnType<typeof bodyOf>
function bodyOf(values: FormValue) {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '')
  const kind = kinds.find((k) => k.value === values.kind)?.value ?? 'notice'
  return { kind, title: text('title'), summary: text('summary'), category: text('category'), matterId: text('matterId') || null, body: text('body'), pinned: values.pinned === true, announce: values.announce === true, publishAt: text('publishAt') || null, expiresAt: text('expiresAt') || null, addFileIds: isAttachments(values.files) ? values.files.map((f) => f.id) : [] }
}

function Editor({ initial, draftKey, save }: { initial: FormValue; draftKey: string; save: (body: Body) => Promise<void> }): ReactElement {
  return (
    <ActPanel schema={schema} loaders={orderLoaders} initial={initial} draftKey={draftKey} submitLabel={t('save')} onClose={() => undefined} submit={(values) => save(bodyOf(values))}
      notice={({ value, set }) => <Button size="small" onClick={() => void call('redactText', { text: String(value.body ?? '') }).then((answer) => { set({ ...value, body: answer.text }); say(t('redacted')) }, (error: unknown) => say(asProblem(error).message, 'over'))}>{t('redact')}</Button>}
      own={{ names: ['files'], render: ({ value, set }) => <Attachments value={isAttachments(value.files) ? value.files : []} onChange={(files) => set({ ...value, files })} max={10} place="publication" /> }} />
  )
}

function KnownPost({ id }: { id: string }): ReactElement {
  const read = useQueryOf('getPublication', { id })
  return <QueryView query={read}>{(post) => <Shown key={`${post.id}:${post.version}`} post={post} refresh={() => void read.refetch()} />}</QueryView>
}

type Doing = 'edit' | 'approve' | 'sendBack' | 'withdraw' | null

function Shown({ post, refresh }: { post: Post; refresh: () => void }): ReactElement {
  const [doing, setDoing] = useState<Doing>(null)
  const stale = { invalidates: ['listPublications' as const] }
  const change = useCommand('changePublication', stale)
  const submit = useCommand('submitPublication', stale)
  const review = useCommand('reviewPublication', stale)
  const withdraw = useCommand('withdrawPublication', stale)
  const done = (text: string) => {
    say(text)
    refresh()
  }
  const ref = { id: post.id, version: post.version }
  return (
    <Page title={post.title} state={<Tag tone={toneOf(post.state)}>{post.stateName}</Tag>} acts={<Link to="/content/posts">{t('backToList')}</Link>}
      bar={<ActBar acts={post.acts} known={{
        edit: { run: () => setDoing('edit') }, submit: { run: () => void submit.mutateAsync(ref).then(() => done(t('submitted')), (error: unknown) => say(asProblem(error).message, 'over')) },
        approve: { run: () => setDoing('approve') }, sendBack: { run: () => setDoing('sendBack') }, withdraw: { run: () => setDoing('withdraw'), danger: true },
      }} main={post.state === 'review' ? 'approve' : 'submit'} />}>
      {post.personalData.length > 0 ? <div className="ms-note" role="alert">{t('personal', { kinds: post.personalData.join('、') })}</div> : null}
      {doing === 'edit' ? <Section><Editor initial={{ kind: post.kind, title: post.title, summary: post.summary, category: post.category || undefined, matterId: post.matterId ?? undefined, body: post.body, pinned: post.pinned, announce: post.announce, publishAt: post.publishAt ?? undefined, expiresAt: post.expiresAt ?? undefined }} draftKey={`post:${post.id}:${post.version}`} save={async (body) => { await change.mutateAsync({ ...ref, ...body, orderId: post.orderId }); done(t('saved')) }} /></Section> : (
        <div className="ms-publicity">
          <Section title={t('preview')}><article className="ms-article"><h2>{post.title}</h2>{post.summary ? <p className="ms-muted">{post.summary}</p> : null}{post.body.split(/\n{2,}/).map((part, i) => <p key={i}>{part}</p>)}{post.files.map((f) => (f.type.startsWith('image/') ? <img key={f.id} src={fileAddress(f.id)} alt={f.name} /> : <a key={f.id} href={fileAddress(f.id)}>{f.name}</a>))}</article></Section>
          <Section title={t('facts')}><Facts items={[
            { label: t('col.kind'), value: post.kindName }, { label: t('col.author'), value: post.authorName }, { label: t('col.reviewer'), value: post.reviewerName ?? '' }, { label: t('opinion'), value: post.opinion ?? '', hidden: !post.opinion },
            { label: t('publishAt'), value: post.publishAt ? <Time iso={post.publishAt} /> : '', hidden: !post.publishAt }, { label: t('col.published'), value: post.publishedAt ? <Time iso={post.publishedAt} /> : '' }, { label: t('expiresAt'), value: post.expiresAt ? <Time iso={post.expiresAt} /> : '', hidden: !post.expiresAt },
            { label: t('col.reads'), value: post.reads }, { label: t('order'), value: post.orderNumber ? <Link to={`/orders/${post.orderNumber}`}>{post.orderNumber}</Link> : t('noOrder') }, { label: t('reason'), value: post.withdrawReason ?? '', hidden: !post.withdrawReason },
          ]} /></Section>
        </div>
      )}
      <ActDrawer open={doing === 'approve' || doing === 'sendBack'} onClose={() => setDoing(null)} title={doing === 'approve' ? t('approve') : t('sendBack')} sub={post.title} submitLabel={doing === 'approve' ? t('approve') : t('sendBack')}
        schema={{ type: 'object', required: doing === 'sendBack' ? ['opinion'] : [], properties: { ...(doing === 'approve' ? { checked: { type: 'boolean' as const, title: t('checked') } } : {}), opinion: { type: 'string', format: 'textarea', title: t('opinion'), maxLength: 500 } } }}
        check={(values): Record<string, string> => (doing === 'approve' && values.checked !== true ? { checked: t('checkedNeeded') } : {})}
        submit={async (values) => { await review.mutateAsync({ ...ref, outcome: doing === 'approve' ? 'approve' : 'sendBack', opinion: typeof values.opinion === 'string' ? values.opinion : '', checked: values.checked === true }); done(doing === 'approve' ? t('approved') : t('sentBack')) }} />
      <ActDrawer open={doing === 'withdraw'} onClose={() => setDoing(null)} title={t('withdraw')} sub={post.title} submitLabel={t('withdraw')} notice={t('withdrawText')}
        schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), maxLength: 200 } } }} submit={async (values) => { await withdraw.mutateAsync({ ...ref, reason: String(values.reason) }); done(t('withdrawn')) }} />
    </Page>
  )
}
