// The designer of one version: palette, canvas or preview, properties; autosave on this machine, drafts on the server, fifty steps back.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import type { FormSchema } from '../../ui/form-rules.ts'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { clockTime, now } from '../../ui/time.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useAct } from '../../ui/use-act.ts'
import { Canvas } from './Canvas.tsx'
import { addField, designOf, moved, placeWords, removed, schemaOf } from './design.ts'
import type { Design, FieldKind } from './design.ts'
import type { Version } from './FormPage.tsx'
import { Palette } from './Palette.tsx'
import { DesktopPreview, PhonePreview } from './Preview.tsx'
import { Properties } from './Properties.tsx'
import { t } from './texts.zh-CN.ts'
import { useHistory } from './use-history.ts'

type View = 'design' | 'desktop' | 'phone'
const isDesign = (value: unknown): value is Design => typeof value === 'object' && value !== null && 'properties' in value && 'x-order' in value

export function Designer({ version, editable, onDirty }: { version: Version; editable: boolean; onDirty: (dirty: boolean) => void }): ReactElement {
  // The server's dialect and the renderer's are one; only open unions differ in type.
  const [start] = useState(() => designOf(version.schema as FormSchema))
  const history = useHistory(start)
  const design = history.now
  const [stored, setStored] = useState<Design>(start)
  const [revision, setRevision] = useState(version.revision)
  const [view, setView] = useState<View>('design')
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const send = useAct('showForm')
  const dirty = design !== stored
  const draft = useDraft({ key: editable ? `form:${version.id}:${revision}` : null, value: dirty ? design : null })
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  useEffect(() => {
    if (editable && isDesign(draft.restored) && design === start) history.set(draft.restored)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the kept copy arrives
  }, [draft.restored])

  const add = (kind: FieldKind, place?: { before?: string | undefined; group: number }) => {
    if (!editable) return
    const next = addField(design, kind, place ?? { before: undefined, group: chosen ? design['x-groups'].findIndex((group) => group.fields.includes(chosen)) : -1 })
    const after = chosen && !place ? following(next.design, next.name, chosen) : next.design
    history.set(after)
    setChosen(next.name)
  }
  const move = (by: -1 | 1) => { if (editable && chosen) history.set(moved(design, chosen, by)) }
  const remove = (name: string) => { history.set(removed(design, name)); if (chosen === name) setChosen(null) }
  const save = async () => {
    if (!editable || busy || !dirty) return
    setBusy(true)
    setProblem(null)
    const sent = design
    try {
      const answer = await send('saveFormDraft', { id: version.id, schema: schemaOf(sent), revision })
      draft.clear()
      setRevision(answer.revision)
      setStored(sent)
      setSavedAt(now())
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  useKeys(t('design'), [
    { keys: 'Ctrl S', label: t('save'), run: () => void save(), enabled: editable },
    { keys: 'Ctrl Z', label: t('undo'), run: () => (document.activeElement?.matches('input, textarea') ? false : history.undo()), enabled: editable },
    { keys: 'Ctrl Y', label: t('redo'), run: () => (document.activeElement?.matches('input, textarea') ? false : history.redo()), enabled: editable },
    { keys: 'Alt Up', label: t('moveUp'), run: () => move(-1), enabled: editable && chosen !== null },
    { keys: 'Alt Down', label: t('moveDown'), run: () => move(1), enabled: editable && chosen !== null },
  ])
  const conflict = problem?.status === 409
  return (
    <div className="ms-designer">
      <div className="ms-designer-bar">
        <Segmented<View> size="small" value={view} options={[{ value: 'design', label: t('design') }, { value: 'desktop', label: t('desktop') }, { value: 'phone', label: t('phone') }]} onChange={(next: View) => setView(next)} />
        {view === 'design' ? <span className="ms-hint">{editable ? t('canvasHint') : t('readOnly')}</span> : <span className="ms-hint">{t('previewHint')}</span>}
        <span className="ms-grow" />
        {editable ? (
          <>
            <span className="ms-hint" role="status">{busy ? t('saving') : dirty ? t('unsaved') : savedAt !== null ? t('saved', { at: clockTime(savedAt) }) : ''}</span>
            <Button size="small" disabled={!history.canUndo} icon={<Icon name="undo" size={14} />} onClick={history.undo}>{t('undo')}</Button>
            <Button size="small" disabled={!history.canRedo} onClick={history.redo}>{t('redo')}</Button>
            <Button size="small" type="primary" loading={busy} disabled={!dirty} onClick={() => void save()}>{t('save')}<kbd className="ms-kbd">Ctrl S</kbd></Button>
          </>
        ) : null}
      </div>
      {problem ? (
        <div className="ms-designer-problem" role="alert">
          <strong>{conflict ? t('conflict', { by: words(problem.current, 'changedBy') }) : problem.fields.length ? t('mistakes', { n: problem.fields.length }) : problem.message}</strong>
          {problem.fields.map((one) => {
            const place = placeWords(design, one.path)
            return <button key={one.path + one.message} type="button" className="ms-link-button" onClick={() => { setView('design'); setChosen(place.field) }}>{place.words}：{one.message}</button>
          })}
        </div>
      ) : null}
      <div className="ms-designer-body" data-view={view}>
        {view === 'design' ? (
          <>
            {editable ? <Palette onAdd={add} /> : null}
            <div ref={canvas} className="ms-designer-canvas"><Canvas design={design} editable={editable} chosen={chosen} onChoose={setChosen} onChange={history.set} onAdd={add} onRemove={remove} /></div>
          </>
        ) : <div className="ms-designer-canvas">{view === 'desktop' ? <DesktopPreview schema={schemaOf(design)} /> : <PhonePreview schema={schemaOf(design)} />}</div>}
        <Properties design={design} name={chosen} editable={editable} onChange={history.set} onRenamed={setChosen} />
      </div>
    </div>
  )
}

/** The new field right after the chosen one. */
function following(design: Design, name: string, after: string): Design {
  let next = design
  for (let guard = 0; guard < 300 && next['x-order'].indexOf(name) > next['x-order'].indexOf(after) + 1; guard++) next = moved(next, name, -1)
  return next
}

const words = (value: unknown, key: string): string => {
  const held = typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : null
  return typeof held === 'string' ? held : ''
}
