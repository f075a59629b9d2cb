// The form as a list of its fields by group: chosen by click or Tab, moved by dragging, by buttons or by Alt ↑↓.
import { Button, Input } from 'antd'
import type { DragEvent, ReactElement } from 'react'
import { useState } from 'react'
import { sectionsOf } from '../../ui/form-rules.ts'
import { Icon } from '../../ui/icons.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { addGroup, kindName, kindOf, kinds, moved, placed, ruleWords, titledGroup, withoutGroup } from './design.ts'
import type { Design, FieldKind } from './design.ts'
import { dragKind, dragName } from './Palette.tsx'
import { t } from './texts.zh-CN.ts'

type Props = {
  design: Design
  editable: boolean
  chosen: string | null
  onChoose: (name: string | null) => void
  onChange: (next: Design) => void
  onAdd: (kind: FieldKind, place: { before?: string | undefined; group: number }) => void
  onRemove: (name: string) => void
}

export function Canvas({ design, editable, chosen, onChoose, onChange, onAdd, onRemove }: Props): ReactElement {
  const [over, setOver] = useState<string | null>(null)
  const drop = (event: DragEvent, place: { before?: string; group: number }) => {
    event.preventDefault()
    setOver(null)
    const kind = kinds.find((one) => one === event.dataTransfer.getData(dragKind))
    const name = event.dataTransfer.getData(dragName)
    if (kind) onAdd(kind, place)
    else if (name in design.properties && name !== place.before) onChange(placed(design, name, place))
  }
  const dropAt = (key: string, place: { before?: string; group: number }) => (editable ? {
    'data-over': over === key || undefined,
    onDragOver: (event: DragEvent) => { event.preventDefault(); if (over !== key) setOver(key) },
    onDragLeave: () => setOver((held) => (held === key ? null : held)),
    onDrop: (event: DragEvent) => drop(event, place),
  } : {})
  const sections = sectionsOf(design)
  return (
    <div className="ms-canvas">
      {sections.map((section, at) => {
        const group = at - 1
        if (at === 0 && section.fields.length === 0 && design['x-groups'].length > 0 && !editable) return null
        return (
          <section key={at} className="ms-canvas-group" data-plain={group < 0 || undefined}>
            {group < 0 ? null : (
              <header>
                {editable ? <Input size="small" variant="borderless" maxLength={60} aria-label={t('groupTitle')} value={section.title} onChange={(event) => onChange(titledGroup(design, group, event.target.value))} /> : <h3>{section.title}</h3>}
                {editable ? <button type="button" className="ms-link-button" onClick={() => onChange(withoutGroup(design, group))}>{t('removeGroup')}</button> : null}
              </header>
            )}
            <ol>
              {section.fields.map((name) => {
                const field = design.properties[name]
                if (!field) return null
                const on = chosen === name
                const shows = ruleWords(design, field['x-visibleIf'])
                return (
                  <li key={name} className="ms-canvas-field" data-on={on || undefined} draggable={editable} onDragStart={(event) => { event.dataTransfer.setData(dragName, name); event.dataTransfer.effectAllowed = 'move' }} {...dropAt(name, { before: name, group })}>
                    <button type="button" className="ms-canvas-main" aria-pressed={on} onClick={() => onChoose(name)} onFocus={() => onChoose(name)}
                      onKeyDown={(event) => { if (event.key === 'Delete' && editable) { event.preventDefault(); onRemove(name) } }}>
                      <span className="ms-canvas-title">{design.required.includes(name) ? <b aria-label={t('required')}>*</b> : null}{field.title}{field['x-unit'] ? <span className="ms-muted">（{field['x-unit']}）</span> : null}</span>
                      <span className="ms-canvas-note">
                        <Tag tone="calm">{kindName(kindOf(field))}</Tag>
                        {field['x-half'] ? <span>{t('half')}</span> : null}
                        {shows ? <span title={shows}>{t('showIf')}：{shows}</span> : field['x-compute'] ? <span className="ms-code">{field['x-compute']}</span> : field.description ? <span>{field.description}</span> : null}
                      </span>
                    </button>
                    {editable && on ? (
                      <span className="ms-canvas-acts">
                        <Button type="text" size="small" icon={<Icon name="arrowUp" size={14} label={t('moveUp')} />} onClick={() => onChange(moved(design, name, -1))} />
                        <Button type="text" size="small" icon={<Icon name="arrowDown" size={14} label={t('moveDown')} />} onClick={() => onChange(moved(design, name, 1))} />
                        <Button type="text" size="small" icon={<Icon name="close" size={14} label={t('remove')} />} onClick={() => onRemove(name)} />
                      </span>
                    ) : null}
                  </li>
                )
              })}
              {editable ? <li className="ms-canvas-drop" {...dropAt(`end${group}`, { group })}>{section.fields.length === 0 && Object.keys(design.properties).length === 0 ? t('empty') : t('dropHere')}</li> : null}
            </ol>
          </section>
        )
      })}
      {editable ? <div><Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => onChange(addGroup(design, t('newGroup')))}>{t('addGroup')}</Button></div> : null}
    </div>
  )
}
