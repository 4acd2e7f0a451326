/**
 * Countries of ISO 3166-1: alpha-2 code, alpha-3 code, English names separated by `|`.
 *
 * Names are the short, the formal and the everyday ones; their word order, case, accents and small words do not matter
 * to the reader of this table. `XK` is user-assigned, but it is what everybody sends for Kosovo. `UK` and `EL` are the
 * European Union's own spellings of two codes.
 *
 * @see https://www.iso.org/iso-3166-country-codes.html
 */
export const countries = `
ad and Andorra | Principality of Andorra
ae are United Arab Emirates | UAE
af afg Afghanistan | Islamic Republic of Afghanistan
ag atg Antigua & Barbuda | Antigua
ai aia Anguilla
al alb Albania | Republic of Albania
am arm Armenia | Republic of Armenia
ao ago Angola | Republic of Angola
aq ata Antarctica
ar arg Argentina | Argentine Republic
as asm American Samoa
at aut Austria | Republic of Austria
au aus Australia
aw abw Aruba
ax ala Åland Islands
az aze Azerbaijan | Republic of Azerbaijan
ba bih Bosnia & Herzegovina | Republic of Bosnia and Herzegovina | Bosnia
bb brb Barbados
bd bgd Bangladesh | People's Republic of Bangladesh
be bel Belgium | Kingdom of Belgium
bf bfa Burkina Faso
bg bgr Bulgaria | Republic of Bulgaria
bh bhr Bahrain | Kingdom of Bahrain
bi bdi Burundi | Republic of Burundi
bj ben Benin | Republic of Benin
bl blm St. Barthélemy
bm bmu Bermuda
bn brn Brunei | Brunei Darussalam
bo bol Bolivia | Bolivia, Plurinational State of
bq bes Caribbean Netherlands | Bonaire, Sint Eustatius and Saba | Bonaire
br bra Brazil | Federative Republic of Brazil
bs bhs Bahamas | Commonwealth of the Bahamas
bt btn Bhutan | Kingdom of Bhutan
bv bvt Bouvet Island
bw bwa Botswana | Republic of Botswana
by blr Belarus | Republic of Belarus
bz blz Belize
ca can Canada
cc cck Cocos (Keeling) Islands | Cocos Islands | Keeling Islands
cd cod Congo-Kinshasa | Congo, The Democratic Republic of the | DR Congo | DRC | Congo (DRC)
cf caf Central African Republic
cg cog Congo-Brazzaville | Congo | Republic of the Congo
ch che Switzerland | Swiss Confederation
ci civ Côte d'Ivoire | Republic of Côte d'Ivoire | Ivory Coast
ck cok Cook Islands
cl chl Chile | Republic of Chile
cm cmr Cameroon | Republic of Cameroon
cn chn China | People's Republic of China | PRC | Mainland China
co col Colombia | Republic of Colombia
cr cri Costa Rica | Republic of Costa Rica
cu cub Cuba | Republic of Cuba
cv cpv Cape Verde | Cabo Verde | Republic of Cabo Verde
cw cuw Curaçao
cx cxr Christmas Island
cy cyp Cyprus | Republic of Cyprus
cz cze Czechia | Czech Republic
de deu Germany | Federal Republic of Germany
dj dji Djibouti | Republic of Djibouti
dk dnk Denmark | Kingdom of Denmark
dm dma Dominica | Commonwealth of Dominica
do dom Dominican Republic
dz dza Algeria | People's Democratic Republic of Algeria
ec ecu Ecuador | Republic of Ecuador
ee est Estonia | Republic of Estonia
eg egy Egypt | Arab Republic of Egypt
eh esh Western Sahara
er eri Eritrea | State of Eritrea
es esp Spain | Kingdom of Spain
et eth Ethiopia | Federal Democratic Republic of Ethiopia
fi fin Finland | Republic of Finland
fj fji Fiji | Republic of Fiji
fk flk Falkland Islands | Falkland Islands (Malvinas) | Falklands
fm fsm Micronesia | Micronesia, Federated States of
fo fro Faroe Islands | Faeroe Islands
fr fra France | French Republic
ga gab Gabon | Gabonese Republic
gb gbr United Kingdom | United Kingdom of Great Britain and Northern Ireland | UK | Great Britain | Britain | England | Scotland | Wales | Northern Ireland
gd grd Grenada
ge geo Georgia
gf guf French Guiana
gg ggy Guernsey
gh gha Ghana | Republic of Ghana
gi gib Gibraltar
gl grl Greenland
gm gmb Gambia | Republic of the Gambia
gn gin Guinea | Republic of Guinea
gp glp Guadeloupe
gq gnq Equatorial Guinea | Republic of Equatorial Guinea
gr grc Greece | Hellenic Republic | EL
gs sgs South Georgia & South Sandwich Islands
gt gtm Guatemala | Republic of Guatemala
gu gum Guam
gw gnb Guinea-Bissau | Republic of Guinea-Bissau
gy guy Guyana | Republic of Guyana
hk hkg Hong Kong SAR China | Hong Kong | Hong Kong Special Administrative Region of China | Hong Kong SAR
hm hmd Heard & McDonald Islands | Heard Island and McDonald Islands
hn hnd Honduras | Republic of Honduras
hr hrv Croatia | Republic of Croatia
ht hti Haiti | Republic of Haiti
hu hun Hungary
id idn Indonesia | Republic of Indonesia
ie irl Ireland | Republic of Ireland | Éire
il isr Israel | State of Israel
im imn Isle of Man
in ind India | Republic of India
io iot British Indian Ocean Territory
iq irq Iraq | Republic of Iraq
ir irn Iran | Iran, Islamic Republic of
is isl Iceland | Republic of Iceland
it ita Italy | Italian Republic
je jey Jersey
jm jam Jamaica
jo jor Jordan | Hashemite Kingdom of Jordan
jp jpn Japan
ke ken Kenya | Republic of Kenya
kg kgz Kyrgyzstan | Kyrgyz Republic
kh khm Cambodia | Kingdom of Cambodia
ki kir Kiribati | Republic of Kiribati
km com Comoros | Union of the Comoros
kn kna St. Kitts & Nevis | Saint Kitts
kp prk North Korea | Korea, Democratic People's Republic of | DPRK
kr kor South Korea | Korea, Republic of | Korea | ROK
kw kwt Kuwait | State of Kuwait
ky cym Cayman Islands
kz kaz Kazakhstan | Republic of Kazakhstan
la lao Laos | Lao People's Democratic Republic
lb lbn Lebanon | Lebanese Republic
lc lca St. Lucia
li lie Liechtenstein | Principality of Liechtenstein
lk lka Sri Lanka | Democratic Socialist Republic of Sri Lanka
lr lbr Liberia | Republic of Liberia
ls lso Lesotho | Kingdom of Lesotho
lt ltu Lithuania | Republic of Lithuania
lu lux Luxembourg | Grand Duchy of Luxembourg
lv lva Latvia | Republic of Latvia
ly lby Libya | State of Libya | Libyan Arab Jamahiriya
ma mar Morocco | Kingdom of Morocco
mc mco Monaco | Principality of Monaco
md mda Moldova | Moldova, Republic of
me mne Montenegro
mf maf St. Martin | Saint Martin (French part)
mg mdg Madagascar | Republic of Madagascar
mh mhl Marshall Islands | Republic of the Marshall Islands
mk mkd North Macedonia | Republic of North Macedonia | Macedonia | Republic of Macedonia | The former Yugoslav Republic of Macedonia | FYROM
ml mli Mali | Republic of Mali
mm mmr Myanmar | Burma | Myanmar (Burma) | Republic of Myanmar | Republic of the Union of Myanmar
mn mng Mongolia
mo mac Macao SAR China | Macao | Macao Special Administrative Region of China | Macau | Macau SAR | Macau SAR China | Macao SAR
mp mnp Northern Mariana Islands | Commonwealth of the Northern Mariana Islands
mq mtq Martinique
mr mrt Mauritania | Islamic Republic of Mauritania
ms msr Montserrat
mt mlt Malta | Republic of Malta
mu mus Mauritius | Republic of Mauritius
mv mdv Maldives | Republic of Maldives
mw mwi Malawi | Republic of Malawi
mx mex Mexico | United Mexican States
my mys Malaysia
mz moz Mozambique | Republic of Mozambique
na nam Namibia | Republic of Namibia
nc ncl New Caledonia
ne ner Niger | Republic of the Niger
nf nfk Norfolk Island
ng nga Nigeria | Federal Republic of Nigeria
ni nic Nicaragua | Republic of Nicaragua
nl nld Netherlands | Kingdom of the Netherlands | Holland
no nor Norway | Kingdom of Norway
np npl Nepal | Federal Democratic Republic of Nepal
nr nru Nauru | Republic of Nauru
nu niu Niue
nz nzl New Zealand
om omn Oman | Sultanate of Oman
pa pan Panama | Republic of Panama
pe per Peru | Republic of Peru
pf pyf French Polynesia
pg png Papua New Guinea | Independent State of Papua New Guinea
ph phl Philippines | Republic of the Philippines
pk pak Pakistan | Islamic Republic of Pakistan
pl pol Poland | Republic of Poland
pm spm St. Pierre & Miquelon
pn pcn Pitcairn Islands | Pitcairn | Pitcairn Island
pr pri Puerto Rico
ps pse Palestinian Territories | Palestine, State of | Palestine | Palestinian Territory | Occupied Palestinian Territory
pt prt Portugal | Portuguese Republic
pw plw Palau | Republic of Palau
py pry Paraguay | Republic of Paraguay
qa qat Qatar | State of Qatar
re reu Réunion | Reunion Island
ro rou Romania
rs srb Serbia | Republic of Serbia
ru rus Russia | Russian Federation
rw rwa Rwanda | Rwandese Republic | Republic of Rwanda
sa sau Saudi Arabia | Kingdom of Saudi Arabia | KSA
sb slb Solomon Islands
sc syc Seychelles | Republic of Seychelles
sd sdn Sudan | Republic of the Sudan
se swe Sweden | Kingdom of Sweden
sg sgp Singapore | Republic of Singapore
sh shn St. Helena | Saint Helena, Ascension and Tristan da Cunha
si svn Slovenia | Republic of Slovenia
sj sjm Svalbard & Jan Mayen | Svalbard | Svalbard and Jan Mayen Islands
sk svk Slovakia | Slovak Republic
sl sle Sierra Leone | Republic of Sierra Leone
sm smr San Marino | Republic of San Marino
sn sen Senegal | Republic of Senegal
so som Somalia | Federal Republic of Somalia
sr sur Suriname | Republic of Suriname
ss ssd South Sudan | Republic of South Sudan
st stp São Tomé & Príncipe | Democratic Republic of Sao Tome and Principe
sv slv El Salvador | Republic of El Salvador
sx sxm Sint Maarten | Sint Maarten (Dutch part)
sy syr Syria | Syrian Arab Republic
sz swz Eswatini | Kingdom of Eswatini | Swaziland
tc tca Turks & Caicos Islands
td tcd Chad | Republic of Chad
tf atf French Southern Territories | French Southern and Antarctic Lands
tg tgo Togo | Togolese Republic
th tha Thailand | Kingdom of Thailand
tj tjk Tajikistan | Republic of Tajikistan
tk tkl Tokelau
tl tls Timor-Leste | Democratic Republic of Timor-Leste | East Timor
tm tkm Turkmenistan
tn tun Tunisia | Republic of Tunisia
to ton Tonga | Kingdom of Tonga
tr tur Türkiye | Republic of Türkiye | Turkey
tt tto Trinidad & Tobago | Republic of Trinidad and Tobago | Trinidad
tv tuv Tuvalu
tw twn Taiwan | Taiwan, Province of China | Taiwan (Republic of China)
tz tza Tanzania | Tanzania, United Republic of
ua ukr Ukraine
ug uga Uganda | Republic of Uganda
um umi U.S. Outlying Islands | United States Minor Outlying Islands
us usa United States | United States of America | America
uy ury Uruguay | Eastern Republic of Uruguay
uz uzb Uzbekistan | Republic of Uzbekistan
va vat Vatican City | Holy See (Vatican City State) | Vatican | Holy See
vc vct St. Vincent & Grenadines | Saint Vincent
ve ven Venezuela | Venezuela, Bolivarian Republic of
vg vgb British Virgin Islands
vi vir U.S. Virgin Islands | Virgin Islands of the United States
vn vnm Vietnam | Viet Nam | Socialist Republic of Viet Nam
vu vut Vanuatu | Republic of Vanuatu
wf wlf Wallis & Futuna
ws wsm Samoa | Independent State of Samoa | Western Samoa
xk xkx Kosovo | Republic of Kosovo
ye yem Yemen | Republic of Yemen
yt myt Mayotte
za zaf South Africa | Republic of South Africa
zm zmb Zambia | Republic of Zambia
zw zwe Zimbabwe | Republic of Zimbabwe
`;
