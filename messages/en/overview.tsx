import type { ReactNode } from 'react';

export const title = 'Overview';
export const yourRole = (role: ReactNode) => <>Your role is {role}</>;

export const members = 'Members';
export const openInvites = 'Open invites';
export const tokens = 'API tokens';
export const myTokens = 'My API tokens';

export const firstSteps = 'First steps';
export const stepsDone = (done: number, all: number) => `${done} of ${all}`;
export const stepDone = '(done)';
export const inviteStep = 'Invite somebody';
export const inviteStepHint = 'By e-mail, or with a link you hand over';
export const tokenStep = 'Make an API token';
export const tokenStepHint = 'For programs and the SDK';
export const callStep = 'Call the API with it';
export const callStepHint = 'Ticked off by the first call that arrives';

export const activity = 'Recent activity';
export const noActivity = 'Nothing has happened yet';
export const noActivityHint = 'Changes to people, invitations and tokens appear here.';
export const audit = 'Audit log';

export const call = 'Call the API';
export const callHint = 'With an API token of this organization:';
export const copyCall = 'Copy the curl line';
export const identifiers = 'Identifiers';
export const identifiersHint = 'Either names this organization in an API call.';
export const copySlug = 'Copy the slug';
export const copyId = 'Copy the organization id';
