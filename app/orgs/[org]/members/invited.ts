/** What the API answers to an invite and to sending it again: the only time the link is told. */
export interface Invited {
  email: string;
  invite_url: string;
  email_sent: boolean;
}
