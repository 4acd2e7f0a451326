/**
 * Two-letter postal codes with the names and traditional abbreviations of states, provinces and territories.
 *
 * Looked up by letters alone, without accents: `N. Dak.`, `N Dak` and `ndak` are the same.
 *
 * @see https://pe.usps.com/text/pub28/28apb.htm
 * @see https://www.canadapost-postescanada.ca/cpc/en/support/articles/addressing-guidelines/symbols-and-abbreviations.page
 */
export const states = {
  us: `
al Alabama | Ala
ak Alaska
az Arizona | Ariz
ar Arkansas | Ark
ca California | Calif | Cal
co Colorado | Colo
ct Connecticut | Conn
de Delaware | Del
dc District of Columbia | Washington DC | Wash DC
fl Florida | Fla
ga Georgia
hi Hawaii
id Idaho | Ida
il Illinois | Ill
in Indiana | Ind
ia Iowa
ks Kansas | Kans | Kan
ky Kentucky
la Louisiana
me Maine
md Maryland
ma Massachusetts | Mass
mi Michigan | Mich
mn Minnesota | Minn
ms Mississippi | Miss
mo Missouri
mt Montana | Mont
ne Nebraska | Nebr | Neb
nv Nevada | Nev
nh New Hampshire
nj New Jersey
nm New Mexico | N Mex
ny New York
nc North Carolina | N Carolina
nd North Dakota | N Dakota | N Dak
oh Ohio
ok Oklahoma | Okla
or Oregon | Oreg | Ore
pa Pennsylvania | Penna | Penn
ri Rhode Island | Rhode Island and Providence Plantations
sc South Carolina | S Carolina
sd South Dakota | S Dakota | S Dak
tn Tennessee | Tenn
tx Texas | Tex
ut Utah
vt Vermont
va Virginia
wa Washington | Wash
wv West Virginia | W Virginia | W Va
wi Wisconsin | Wisc | Wis
wy Wyoming | Wyo
as American Samoa
gu Guam
mp Northern Mariana Islands | Commonwealth of the Northern Mariana Islands
pr Puerto Rico | Commonwealth of Puerto Rico
vi Virgin Islands | US Virgin Islands | Virgin Islands US | United States Virgin Islands
`,
  ca: `
ab Alberta | Alta
bc British Columbia | Colombie-Britannique
mb Manitoba | Man
nb New Brunswick | Nouveau-Brunswick
nl Newfoundland and Labrador | Newfoundland & Labrador | Newfoundland | Labrador | Nfld | Terre-Neuve-et-Labrador | Terre-Neuve
ns Nova Scotia | Nouvelle-Écosse
nt Northwest Territories | NWT | Territoires du Nord-Ouest
nu Nunavut
on Ontario | Ont
pe Prince Edward Island | PEI | Île-du-Prince-Édouard
qc Quebec | Que
sk Saskatchewan | Sask
yt Yukon | Yukon Territory | Yuk
`,
} as const;
