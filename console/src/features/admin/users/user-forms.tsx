// Form of a person: name, contact, posts; the first post is not the main one unless marked so.
import { Button, Input, Radio } from 'antd'
import type { ReactElement } from 'react'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import type { FormErrors, FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { Icon } from '../../../ui/icons.tsx'
import { UnitPicker } from '../../../ui/Pickers.tsx'
import type { TreeLoader } from '../../../ui/Pickers.tsx'
import { t } from './texts.zh-CN.ts'

type Post = { unitId: string; main: boolean; title: string | null }

export const clearable = ['mobile', 'email', 'validFrom', 'validTo'] as const

const properties: FormSchema['properties'] = {
  name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true },
  staffNo: { type: 'string', title: t('staffNo'), maxLength: 40, 'x-half': true },
  mobile: { type: 'string', title: t('mobile'), format: 'phone', description: t('mobileHint'), 'x-half': true },
  email: { type: 'string', title: t('email'), maxLength: 120, 'x-half': true },
  validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true },
  validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
}
export const editSchema: FormSchema = { type: 'object', properties, required: ['name', 'staffNo'] }

export function newSchema(roles: { id: string; name: string }[]): FormSchema {
  return {
    type: 'object',
    properties: {
      login: { type: 'string', title: t('login'), description: t('loginHint'), pattern: '^[A-Za-z0-9][A-Za-z0-9_.@-]{1,39}$' }, ...properties,
      roles: { type: 'array', title: t('roles'), items: { type: 'string', oneOf: roles.map((role) => ({ const: role.id, title: role.name })) } },
    },
    required: ['login', 'name', 'staffNo'],
  }
}

export function postsOf(value: FormValue): Post[] {
  const list: unknown[] = Array.isArray(value.posts) ? value.posts : []
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null) return []
    const post: Record<string, unknown> = { ...one }
    return [{ unitId: typeof post.unitId === 'string' ? post.unitId : '', main: post.main === true, title: typeof post.title === 'string' && post.title !== '' ? post.title : null }]
  })
}

export function checkPosts(value: FormValue): FormErrors {
  const posts = postsOf(value)
  if (posts.length === 0 || posts.some((post) => post.unitId === '')) return { posts: '请选择任职机构' }
  if (posts.filter((post) => post.main).length !== 1) return { posts: '须指定一个主要机构' }
  if (new Set(posts.map((post) => post.unitId)).size !== posts.length) return { posts: '任职机构重复' }
  return {}
}

/** Units in which the person works; exactly one is the main one. */
export function PostsField({ form, loader }: { form: ActFormHandle; loader: TreeLoader }): ReactElement {
  const posts = postsOf(form.value)
  const set = (next: Post[]) => form.set({ posts: next })
  const error = form.errors.posts
  return (
    <div className="ms-field" data-field="posts">
      <span className="ms-field-label"><b aria-hidden="true">*</b>{t('units')}</span>
      <div className="ms-stack">
        {posts.map((post, i) => (
          <div className="ms-row" key={i} style={{ flexWrap: 'nowrap' }}>
            <Radio checked={post.main} aria-label={t('setMain')} onChange={() => set(posts.map((one, at) => ({ ...one, main: at === i })))}>{t('main')}</Radio>
            <div style={{ flex: 2, minInlineSize: 0 }}><UnitPicker loader={loader} status={error ? 'error' : ''} value={post.unitId || undefined} onChange={(next) => set(posts.map((one, at) => (at === i ? { ...one, unitId: typeof next === 'string' ? next : '' } : one)))} /></div>
            <Input style={{ flex: 1 }} placeholder={t('postTitle')} aria-label={t('postTitle')} maxLength={40} value={post.title ?? ''} onChange={(e) => set(posts.map((one, at) => (at === i ? { ...one, title: e.target.value } : one)))} />
            <Button type="text" disabled={posts.length === 1} icon={<Icon name="close" size={14} label={t('removePost')} />} onClick={() => set(posts.filter((_, at) => at !== i).map((one, at, rest) => (rest.some((p) => p.main) ? one : { ...one, main: at === 0 })))} />
          </div>
        ))}
        <div><Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => set([...posts, { unitId: '', main: posts.length === 0, title: null }])}>{t('addPost')}</Button></div>
      </div>
      <div className="ms-field-notes">{error ? <span className="ms-field-error" role="alert">{error}</span> : null}</div>
    </div>
  )
}

export const importColumns = [
  { key: 'login', label: t('login'), required: true, example: 'zhangsan' }, { key: 'name', label: t('name'), required: true, example: '示例' }, { key: 'staffNo', label: t('staffNo'), required: true, example: '1001' },
  { key: 'unitCode', label: t('unitCode'), required: true, example: 'SFJ' }, { key: 'roleCodes', label: t('roleCodes'), example: '承办人员' }, { key: 'mobile', label: t('mobile') }, { key: 'email', label: t('email') },
  { key: 'title', label: t('postTitle') }, { key: 'validTo', label: t('validTo') },
]
