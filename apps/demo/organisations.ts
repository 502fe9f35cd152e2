/** The four founders, with what each paid in at the foundation (subsidy application 2018, § 11.6). */
export const founders = [
  { name: 'BuurtWerkKamer Coöperatie', paidInCents: 600_000n },
  { name: 'Krachtstation/Stichting Werk door de Wijk', paidInCents: 600_000n },
  { name: 'Power by Peers', paidInCents: 600_000n },
  { name: 'Stichting Wijkinformatiepunt Utrecht', paidInCents: 200_000n },
] as const

/**
 * The 47 organisations that signed a declaration of support (subsidy application 2018, appendix II).
 * That they became voting members is an assumption of this demo.
 */
export const supporters = [
  'Al Amal',
  'Attifa',
  'Bloeij in de buurt',
  'Burenhulp Krommerijn',
  'De Kidsclub',
  'De Witte Wolf',
  'DOK030',
  'EDASU opleidingen',
  'Food for Good',
  'In Between Café',
  'Inloophuis Andante',
  'Karmazorg',
  'Klarita Fit',
  'Lunetten Wil Wel',
  'NISBO',
  'Peerscoaching',
  'Podium Oost',
  'ROC Midden-Nederland',
  'Starters4Communities',
  'Stichting Buurttuin de Zandloper',
  'Stichting Leren & Schrijven',
  'Stichting Omzien',
  'Stichting Taekrosa',
  'Stichting Trendy',
  'Stichting Utrecht aan de Nijl',
  'Uget2gether',
  'Utrecht in dialoog',
  'Verbindingsarchitect',
  'Wilhelminakerk Oost',
  'Witte Bollen Overvecht',
  'Zorgverslimming',
  'Het Wilde Westen',
  'ZIMIHC',
  'Buurtplatform Witte Vrouwen',
  'Gezond NL',
  'Stichting Oog voor Utrecht',
  'Sportspeeltuin Abstede',
  'Kinder Sport Academie Utrecht',
  'Scootmobielclub Utrecht',
  'U in de Wijk Overvecht',
  'Meetellen in Utrecht',
  'Voedselbank Leidsche Rijn',
  'Stichting ASHA',
  'Buurtwerkkamer TOP',
  'Ubuntu-Huis',
  'Noortrijk Training en Coaching',
  'Zorg en Inkomen',
] as const

/** The partners: supporting members (subsidy application 2018, § 10.2). */
export const partners = ['Zorgbelang Gelderland|Utrecht', 'GSMO'] as const
