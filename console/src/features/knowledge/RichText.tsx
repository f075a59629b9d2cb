// The editor of an item's text: only the nodes that the server keeps.
import { TableKit } from '@tiptap/extension-table'
import { EditorContent, mergeAttributes, Node, useEditor, useEditorState } from '@tiptap/react'
import type { Editor, JSONContent } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { fileAddress, uploadFile } from '../../ui/upload.ts'
import { t } from './texts.zh-CN.ts'

type Props = { value: unknown; onChange: (doc: JSONContent) => void; label: string; error?: boolean; /** Changes when the text is replaced from outside. */ stamp: number }

/** A picture is an attachment of the item, named by its id: no address from elsewhere can stand in a text. */
const Picture = Node.create({
  name: 'image', group: 'block', atom: true, draggable: true,
  addAttributes: () => ({ fileId: { default: null, parseHTML: (element) => element.getAttribute('data-file') }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[data-file]' }],
  renderHTML: ({ node, HTMLAttributes }) => ['img', mergeAttributes({ src: fileAddress(String(node.attrs.fileId)), 'data-file': String(node.attrs.fileId), alt: String(HTMLAttributes.alt ?? '') })],
})
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const MOST = 10 * 1024 * 1024

export default function RichText({ value, onChange, label, error, stamp }: Props): ReactElement {
  const [message, setMessage] = useState('')
  const insert = async (files: Iterable<File>) => {
    setMessage('')
    for (const file of files) {
      if (!TYPES.includes(file.type) || file.size > MOST) { setMessage(t('imageRefused', { name: file.name })); continue }
      try {
        const { id } = await uploadFile(file, 'knowledgeImage', () => undefined, new AbortController().signal)
        editor.chain().focus().insertContent({ type: 'image', attrs: { fileId: id, alt: file.name.replace(/\.[^.]+$/, '').slice(0, 200) } }).run()
      } catch (failed) {
        setMessage(asProblem(failed).message)
      }
    }
  }
  const taken = (files: FileList | undefined): boolean => {
    if (!files || files.length === 0) return false
    void insert([...files])
    return true
  }
  const editor = useEditor({
    extensions: [Picture, StarterKit.configure({ heading: { levels: [2, 3] }, code: false, codeBlock: false, link: { openOnClick: false, protocols: ['http', 'https', 'mailto', 'tel'], defaultProtocol: 'https' } }), TableKit.configure({ table: { resizable: false } })],
    content: value as JSONContent,
    editorProps: { handlePaste: (_, event) => taken(event.clipboardData?.files), handleDrop: (_, event) => taken(event.dataTransfer?.files), attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label } },
    onUpdate: ({ editor: now }) => onChange(tidy(now.getJSON())),
  })
  const seen = useRef(stamp)
  useEffect(() => {
    if (seen.current === stamp) return
    seen.current = stamp
    editor.commands.setContent(value as JSONContent, { emitUpdate: false })
  }, [stamp, value, editor])
  return (
    <div className="ms-editor" data-error={error || undefined}>
      <Bar editor={editor} insert={(files) => void insert(files)} />
      <EditorContent editor={editor} className="ms-editor-text" />
      {message ? <div className="ms-field-error" role="alert" style={{ padding: '0 12px 8px' }}>{message}</div> : null}
    </div>
  )
}

/** Without what the editor keeps for itself: the server refuses unknown attributes. */
function tidy(node: JSONContent): JSONContent {
  if (node.type === 'image') return { type: 'image', attrs: { fileId: String(node.attrs?.fileId ?? ''), alt: String(node.attrs?.alt ?? '') } }
  const { level, start, colspan, rowspan } = node.attrs ?? {}
  const kept = Object.fromEntries(Object.entries({ level, start, colspan, rowspan }).filter(([, value]) => typeof value === 'number'))
  return {
    type: node.type, ...(Object.keys(kept).length > 0 ? { attrs: kept } : {}), ...(node.text !== undefined ? { text: node.text } : {}), ...(node.content ? { content: node.content.map(tidy) } : node.type === 'doc' ? { content: [] } : {}),
    ...(node.marks ? { marks: node.marks.map((mark) => ({ type: mark.type, ...(mark.type === 'link' ? { attrs: { href: String(mark.attrs?.href ?? '') } } : {}) })) } : {}),
  }
}

function Bar({ editor, insert }: { editor: Editor; insert: (files: File[]) => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const on = useEditorState({ editor, selector: ({ editor: now }) => ({ bold: now.isActive('bold'), italic: now.isActive('italic'), h2: now.isActive('heading', { level: 2 }), h3: now.isActive('heading', { level: 3 }), ul: now.isActive('bulletList'), ol: now.isActive('orderedList'), quote: now.isActive('blockquote'), table: now.isActive('table'), image: now.isActive('image'), link: now.isActive('link'), undo: now.can().undo(), redo: now.can().redo() }) })
  const act = (label: string, pressed: boolean, run: () => void, disabled = false) => <button key={label} type="button" aria-pressed={pressed} disabled={disabled} onMouseDown={(e) => e.preventDefault()} onClick={run}>{label}</button>
  const chain = () => editor.chain().focus()
  const link = () => {
    if (on.link) return void chain().unsetLink().run()
    const href = prompt(t('linkAddress'), 'https://')?.trim()
    if (href && /^(https?:\/\/|mailto:|tel:)/i.test(href)) chain().setLink({ href }).run()
  }
  return (
    <div className="ms-editor-bar" role="toolbar" aria-label={t('body')}>
      {act(t('h2'), on.h2, () => chain().toggleHeading({ level: 2 }).run())}
      {act(t('h3'), on.h3, () => chain().toggleHeading({ level: 3 }).run())}
      {act(t('bold'), on.bold, () => chain().toggleBold().run())}
      {act(t('italic'), on.italic, () => chain().toggleItalic().run())}
      {act(t('ul'), on.ul, () => chain().toggleBulletList().run())}
      {act(t('ol'), on.ol, () => chain().toggleOrderedList().run())}
      {act(t('quoteBlock'), on.quote, () => chain().toggleBlockquote().run())}
      {act(t('link'), on.link, link)}
      {act(t('table'), on.table, () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(), on.table)}
      {on.table ? [act(t('addRow'), false, () => chain().addRowAfter().run()), act(t('addColumn'), false, () => chain().addColumnAfter().run()), act(t('dropRow'), false, () => chain().deleteRow().run()), act(t('dropColumn'), false, () => chain().deleteColumn().run()), act(t('dropTable'), false, () => chain().deleteTable().run())] : null}
      {act(t('image'), on.image, () => input.current?.click())}
      {on.image ? act(t('imageAlt'), false, () => { const alt = prompt(t('imageAltHelp'), String(editor.getAttributes('image').alt ?? '')); if (alt !== null) chain().updateAttributes('image', { alt: alt.trim().slice(0, 200) }).run() }) : null}
      <input ref={input} type="file" hidden multiple accept={TYPES.join(',')} aria-label={t('image')} onChange={(e) => { insert([...(e.target.files ?? [])]); e.target.value = '' }} />
      <span style={{ flex: 1 }} />
      {act(t('undo'), false, () => chain().undo().run(), !on.undo)}
      {act(t('redo'), false, () => chain().redo().run(), !on.redo)}
    </div>
  )
}
