/** What the API answers to an invite and to sending it again: the only time the link is told. */
export interface Invited {
  email: string;
  invite_url: string;
  email_sent: boolean;
  /** The sign-in service mailed the way to an account, without this link. */
  account_email_sent: boolean;
}
