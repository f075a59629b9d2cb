// The editor of an item's text: only the nodes that the server keeps.
import { TableKit } from '@tiptap/extension-table'
import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import type { Editor, JSONContent } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { t } from './texts.zh-CN.ts'

type Props = { value: unknown; onChange: (doc: JSONContent) => void; label: string; error?: boolean; /** Changes when the text is replaced from outside. */ stamp: number }

export default function RichText({ value, onChange, label, error, stamp }: Props): ReactElement {
  const editor = useEditor({
    extensions: [StarterKit.configure({ heading: { levels: [2, 3] }, code: false, codeBlock: false, link: { openOnClick: false, protocols: ['http', 'https', 'mailto', 'tel'], defaultProtocol: 'https' } }), TableKit.configure({ table: { resizable: false } })],
    content: value as JSONContent,
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label } },
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
      <Bar editor={editor} />
      <EditorContent editor={editor} className="ms-editor-text" />
    </div>
  )
}

/** Without what the editor keeps for itself: the server refuses unknown attributes. */
function tidy(node: JSONContent): JSONContent {
  const { level, start, colspan, rowspan } = node.attrs ?? {}
  const kept = Object.fromEntries(Object.entries({ level, start, colspan, rowspan }).filter(([, value]) => typeof value === 'number'))
  return {
    type: node.type, ...(Object.keys(kept).length > 0 ? { attrs: kept } : {}), ...(node.text !== undefined ? { text: node.text } : {}), ...(node.content ? { content: node.content.map(tidy) } : node.type === 'doc' ? { content: [] } : {}),
    ...(node.marks ? { marks: node.marks.map((mark) => ({ type: mark.type, ...(mark.type === 'link' ? { attrs: { href: String(mark.attrs?.href ?? '') } } : {}) })) } : {}),
  }
}

function Bar({ editor }: { editor: Editor }): ReactElement {
  const on = useEditorState({ editor, selector: ({ editor: now }) => ({ bold: now.isActive('bold'), italic: now.isActive('italic'), h2: now.isActive('heading', { level: 2 }), h3: now.isActive('heading', { level: 3 }), ul: now.isActive('bulletList'), ol: now.isActive('orderedList'), quote: now.isActive('blockquote'), table: now.isActive('table'), link: now.isActive('link'), undo: now.can().undo(), redo: now.can().redo() }) })
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
      <span style={{ flex: 1 }} />
      {act(t('undo'), false, () => chain().undo().run(), !on.undo)}
      {act(t('redo'), false, () => chain().redo().run(), !on.redo)}
    </div>
  )
}
