import type { Ctx } from '../../kernel/ctx.ts'
import { bind } from '../../kernel/http/route.ts'
import * as classes from './classes/class-contract.ts'
import { getNode, listAppealTypes, listNodes, listSchemes, options, saveScheme, schemeTree } from './classes/list-classes.ts'
import * as duties from './duty/duty-contract.ts'
import { dutyMatrix } from './duty/duty-matrix.ts'
import { getDuty, listDuties, recommendation } from './duty/list-duties.ts'
import * as lines from './duty/duty-line-contract.ts'
import { listDutyLines } from './duty/list-duty-lines.ts'
import * as enterprises from './enterprise/enterprise-contract.ts'
import { getEnterprise, listEnterprises, mergeEnterprise, searchEnterprises } from './enterprise/enterprises.ts'
import * as issues from './issues/issue-contract.ts'
import { actOnIssue, issueMatters, issueProgress, issueTargets, listIssues } from './issues/issue-matters.ts'
import * as templates from './templates/template-contract.ts'
import { browseMatters } from './templates/browse.ts'
import { linkMatters, listLinks } from './templates/links.ts'
import { applyTemplate, createTemplate, listTemplates, removeTemplate } from './templates/templates.ts'
import * as imports from './imports/import-contract.ts'
import { applyImport, checkImport, importErrors, importTemplate, uploadImport } from './imports/run-import.ts'
import { createLimit, editLimit, removeLimit } from './limits/change-limit.ts'
import * as limits from './limits/limit-contract.ts'
import { listLimits, testLimits } from './limits/list-limits.ts'
import { directoryTree } from './matter/directory-tree.ts'
import { getDirectory, getMatter, listDirectories, listMatters } from './matter/list-matters.ts'
import * as matters from './matter/matter-contract.ts'
import { registrationMatter, searchMatters } from './matter/search-matters.ts'
import { actOnStandard, createStandard, editStandard, type Changed } from './standard/change-standard.ts'
import type { StandardKind } from './standard/content.ts'
import { decideBatch } from './standard/decide-batch.ts'
import { decideChange } from './standard/decide-change.ts'
import { fieldsOf } from './standard/patch-of.ts'
import { getChange, listChanges, listVersions } from './standard/read-changes.ts'
import { hardDelete, objectUsage } from './standard/hard-delete.ts'
import { compareVersions, standardAsOf } from './standard/read-history.ts'
import * as standard from './standard/standard-contract.ts'
import * as catalogue from './catalogue/catalogue-contract.ts'
import { changeElement, createElement, getElement, listElements } from './catalogue/elements.ts'
import { elementGraph, relateElements } from './catalogue/relations.ts'
import { listMappings, mapNode, unmapNode } from './sync/node-mappings.ts'
import { listSyncSources, saveSyncSource } from './sync/sources.ts'
import { decideRun, fetchScheme, getRun, listRuns, pushClasses } from './sync/sync-classes.ts'
import * as sync from './sync/sync-contract.ts'
import * as themes from './themes/problem-points.ts'
import * as themeContract from './themes/theme-contract.ts'

type Create = { submit: boolean; effectiveOn?: string | undefined }
type Edit = { id: string; revision: number; submit: boolean; reason?: string | undefined; effectiveOn?: string | undefined }

const create = (kind: StandardKind) => (ctx: Ctx, { submit, effectiveOn, ...content }: Create): Promise<Changed> => createStandard(ctx, kind, { content, submit, effectiveOn })
const edit = (kind: StandardKind) => (ctx: Ctx, input: Edit): Promise<Changed> =>
  editStandard(ctx, kind, { id: input.id, revision: input.revision, submit: input.submit, reason: input.reason, effectiveOn: input.effectiveOn, fields: fieldsOf(input) })

export const routes = [
  bind(matters.directoryTree, directoryTree),
  bind(matters.listDirectories, listDirectories),
  bind(matters.getDirectory, getDirectory),
  bind(matters.createDirectory, create('directory')),
  bind(matters.editDirectory, edit('directory')),
  bind(matters.listMatters, listMatters),
  bind(matters.getMatter, getMatter),
  bind(matters.createMatter, create('matter')),
  bind(matters.editMatter, edit('matter')),
  bind(matters.searchMatters, searchMatters),
  bind(matters.registrationMatter, registrationMatter),
  bind(duties.dutyMatrix, dutyMatrix),
  bind(duties.listDuties, listDuties),
  bind(duties.getDuty, getDuty),
  bind(duties.createDuty, create('dutyEntry')),
  bind(duties.editDuty, edit('dutyEntry')),
  bind(duties.recommendation, recommendation),
  bind(lines.listDutyLines, listDutyLines),
  bind(lines.createDutyLine, create('dutyLine')),
  bind(lines.editDutyLine, edit('dutyLine')),
  bind(enterprises.searchEnterprises, searchEnterprises),
  bind(enterprises.listEnterprises, listEnterprises),
  bind(enterprises.getEnterprise, getEnterprise),
  bind(enterprises.createEnterprise, create('enterprise')),
  bind(enterprises.editEnterprise, edit('enterprise')),
  bind(enterprises.mergeEnterprise, mergeEnterprise),
  bind(issues.issueProgress, issueProgress),
  bind(issues.issueTargets, issueTargets),
  bind(issues.listIssues, listIssues),
  bind(issues.issueMatters, issueMatters),
  bind(issues.actOnIssue, actOnIssue),
  bind(templates.listTemplates, listTemplates),
  bind(templates.createTemplate, createTemplate),
  bind(templates.removeTemplate, removeTemplate),
  bind(templates.applyTemplate, applyTemplate),
  bind(templates.linkMatters, linkMatters),
  bind(templates.listLinks, listLinks),
  bind(templates.browseMatters, browseMatters),
  bind(classes.listAppealTypes, listAppealTypes),
  bind(classes.createAppealType, create('appealType')),
  bind(classes.editAppealType, edit('appealType')),
  bind(classes.listSchemes, listSchemes),
  bind(classes.saveScheme, saveScheme),
  bind(classes.schemeTree, schemeTree),
  bind(classes.listNodes, listNodes),
  bind(classes.getNode, getNode),
  bind(classes.createNode, create('schemeNode')),
  bind(classes.editNode, edit('schemeNode')),
  bind(classes.options, options),
  bind(standard.actOnObject, (ctx, input) => actOnStandard(ctx, input.kind, input)),
  bind(standard.listVersions, listVersions),
  bind(standard.compareVersions, compareVersions),
  bind(standard.standardAsOf, standardAsOf),
  bind(standard.objectUsage, objectUsage),
  bind(standard.hardDelete, hardDelete),
  bind(standard.listChanges, listChanges),
  bind(standard.getChange, getChange),
  bind(standard.decide, decideChange),
  bind(standard.decideBatch, decideBatch),
  bind(limits.listLimits, listLimits),
  bind(limits.createLimit, createLimit),
  bind(limits.editLimit, editLimit),
  bind(limits.removeLimit, removeLimit),
  bind(limits.testLimits, testLimits),
  bind(sync.pushClasses, pushClasses),
  bind(sync.listSources, listSyncSources),
  bind(sync.saveSource, saveSyncSource),
  bind(sync.fetchNow, fetchScheme),
  bind(sync.listRuns, listRuns),
  bind(sync.getRun, getRun),
  bind(sync.decideRun, decideRun),
  bind(sync.listMappings, listMappings),
  bind(sync.mapNode, mapNode),
  bind(sync.unmapNode, unmapNode),
  bind(catalogue.listElements, listElements),
  bind(catalogue.getElement, getElement),
  bind(catalogue.createElement, createElement),
  bind(catalogue.changeElement, changeElement),
  bind(catalogue.relateElements, relateElements),
  bind(catalogue.elementGraph, elementGraph),
  bind(themeContract.listPoints, themes.listPoints),
  bind(themeContract.createPoint, themes.createPoint),
  bind(themeContract.changePoint, themes.changePoint),
  bind(themeContract.mergePoint, themes.mergePoint),
  bind(themeContract.removePoint, themes.removePoint),
  bind(themeContract.pointOrders, themes.pointOrders),
  bind(themeContract.pointLog, themes.pointLog),
  bind(themeContract.testPoint, themes.testPoints),
  bind(imports.importTemplate, importTemplate),
  bind(imports.uploadImport, uploadImport),
  bind(imports.checkImport, checkImport),
  bind(imports.importErrors, importErrors),
  bind(imports.applyImport, applyImport),
]
