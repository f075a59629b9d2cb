// Elements of a matter: what is asked for, inherited from directories and appeal type. Pure.
import type { FieldError } from '../../../kernel/errors.ts'
import type { MatterElement } from './content.ts'

/** Layers from general to particular; a later definition of a code replaces an earlier one in its place. */
export function mergeElements(layers: readonly (readonly MatterElement[])[]): MatterElement[] {
  const merged = new Map<string, MatterElement>()
  for (const layer of layers) for (const element of layer) merged.set(element.code, element)
  return [...merged.values()]
}

/**
 * Contradictions within one object's elements and against what it inherits: a code twice, another data type for an
 * inherited code, a choice without options, an unreadable format, a dependency on an unknown element or in a circle.
 */
export function elementConflicts(own: readonly MatterElement[], inherited: readonly MatterElement[] = []): FieldError[] {
  const above = new Map(inherited.map((element) => [element.code, element]))
  const known = new Map(mergeElements([inherited, own]).map((element) => [element.code, element]))
  return own.flatMap((element, index): FieldError[] => {
    const at = (field: string, message: string): FieldError => ({ path: `elements.${index}.${field}`, message })
    const general = above.get(element.code)
    const found: FieldError[] = []
    if (own.findIndex((other) => other.code === element.code) !== index) found.push(at('code', `要素编码“${element.code}”重复`))
    if (general && general.type !== element.type) found.push(at('type', `与继承的要素“${general.name}”数据类型不一致`))
    if ((element.type === 'choice' || element.type === 'multiple') && !element.options?.length) found.push(at('options', '选择类要素需要选项'))
    if (element.format !== undefined && !isPattern(element.format)) found.push(at('format', '格式不是有效的正则表达式'))
    if (element.min !== undefined && element.max !== undefined && element.min > element.max) found.push(at('min', '最小值大于最大值'))
    if (element.dependsOn && !known.has(element.dependsOn.code)) found.push(at('dependsOn', '依赖的要素不存在'))
    if (inCircle(element, known)) found.push(at('dependsOn', '要素互相依赖'))
    return found
  })
}

/** Elements whose data type differs between two versions: reported when a used element is changed. */
export function retypedElements(before: readonly MatterElement[], after: readonly MatterElement[]): MatterElement[] {
  const old = new Map(before.map((element) => [element.code, element]))
  return after.filter((element) => (old.get(element.code)?.type ?? element.type) !== element.type)
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

function inCircle(start: MatterElement, known: ReadonlyMap<string, MatterElement>): boolean {
  const passed = new Set<string>()
  for (let at: MatterElement | undefined = start; at?.dependsOn; at = known.get(at.dependsOn.code)) {
    if (at.dependsOn.code === start.code) return true
    if (passed.has(at.code)) return false
    passed.add(at.code)
  }
  return false
}
