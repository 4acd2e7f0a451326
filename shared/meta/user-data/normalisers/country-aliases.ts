/**
 * English names of countries that the package's list lacks: the formal and the everyday ones, each line an alpha-2 code
 * and its names separated by `|`.
 *
 * Their word order, case, accents and small words do not matter to the reader of this table. Where both have a name, this
 * one counts. `UK` and `EL` are the European Union's own spellings of two codes.
 *
 * @see https://www.iso.org/iso-3166-country-codes.html
 */
export const countryAliases = `
ad Principality of Andorra
af Islamic Republic of Afghanistan
ag Antigua & Barbuda | Antigua
al Republic of Albania
am Republic of Armenia
ao Republic of Angola
ar Argentine Republic
at Republic of Austria
az Republic of Azerbaijan
ba Bosnia & Herzegovina | Republic of Bosnia and Herzegovina | Bosnia
bd People's Republic of Bangladesh
be Kingdom of Belgium
bg Republic of Bulgaria
bh Kingdom of Bahrain
bi Republic of Burundi
bj Republic of Benin
bl St. Barthélemy
bn Brunei
bo Bolivia, Plurinational State of
bq Caribbean Netherlands | Bonaire
br Federative Republic of Brazil
bs Commonwealth of the Bahamas
bt Kingdom of Bhutan
bw Republic of Botswana
by Republic of Belarus
cc Cocos Islands | Keeling Islands
cd Congo-Kinshasa | Congo, The Democratic Republic of the | DR Congo | DRC | Congo (DRC)
cg Congo-Brazzaville | Congo
ch Swiss Confederation
ci Republic of Côte d'Ivoire
cl Republic of Chile
cm Republic of Cameroon
cn PRC | Mainland China
co Republic of Colombia
cr Republic of Costa Rica
cu Republic of Cuba
cv Cabo Verde | Republic of Cabo Verde
cy Republic of Cyprus
de Federal Republic of Germany
dj Republic of Djibouti
dk Kingdom of Denmark
dm Commonwealth of Dominica
dz People's Democratic Republic of Algeria
ec Republic of Ecuador
ee Republic of Estonia
eg Arab Republic of Egypt
er State of Eritrea
es Kingdom of Spain
et Federal Democratic Republic of Ethiopia
fi Republic of Finland
fj Republic of Fiji
fk Falkland Islands | Falklands
fm Micronesia
fo Faeroe Islands
fr French Republic
ga Gabonese Republic
gb United Kingdom of Great Britain and Northern Ireland | Britain | England | Scotland | Wales | Northern Ireland
gh Republic of Ghana
gn Republic of Guinea
gq Republic of Equatorial Guinea
gr Hellenic Republic | EL
gs South Georgia & South Sandwich Islands
gt Republic of Guatemala
gw Republic of Guinea-Bissau
gy Republic of Guyana
hk Hong Kong SAR China | Hong Kong Special Administrative Region of China | Hong Kong SAR
hm Heard & McDonald Islands
hn Republic of Honduras
hr Republic of Croatia
ht Republic of Haiti
id Republic of Indonesia
ie Republic of Ireland | Éire
il State of Israel
in Republic of India
iq Republic of Iraq
ir Iran, Islamic Republic of
is Republic of Iceland
it Italian Republic
jo Hashemite Kingdom of Jordan
ke Republic of Kenya
kg Kyrgyz Republic
kh Kingdom of Cambodia
ki Republic of Kiribati
km Union of the Comoros
kn St. Kitts & Nevis | Saint Kitts
kp Korea, Democratic People's Republic of | DPRK
kr Korea | ROK
kw State of Kuwait
kz Republic of Kazakhstan
la Laos
lb Lebanese Republic
lc St. Lucia
li Principality of Liechtenstein
lk Democratic Socialist Republic of Sri Lanka
lr Republic of Liberia
ls Kingdom of Lesotho
lt Republic of Lithuania
lu Grand Duchy of Luxembourg
lv Republic of Latvia
ly State of Libya | Libyan Arab Jamahiriya
ma Kingdom of Morocco
mc Principality of Monaco
md Moldova
mf St. Martin
mg Republic of Madagascar
mh Republic of the Marshall Islands
mk Republic of North Macedonia | Macedonia | Republic of Macedonia | The former Yugoslav Republic of Macedonia | FYROM
ml Republic of Mali
mm Burma | Myanmar (Burma) | Republic of Myanmar | Republic of the Union of Myanmar
mo Macao SAR China | Macao Special Administrative Region of China | Macau | Macau SAR | Macau SAR China | Macao SAR
mp Commonwealth of the Northern Mariana Islands
mr Islamic Republic of Mauritania
mt Republic of Malta
mu Republic of Mauritius
mv Republic of Maldives
mw Republic of Malawi
mx United Mexican States
mz Republic of Mozambique
na Republic of Namibia
ne Republic of the Niger
ng Federal Republic of Nigeria
ni Republic of Nicaragua
nl Kingdom of the Netherlands | Holland
no Kingdom of Norway
np Federal Democratic Republic of Nepal
nr Republic of Nauru
om Sultanate of Oman
pa Republic of Panama
pe Republic of Peru
pg Independent State of Papua New Guinea
ph Republic of the Philippines
pk Islamic Republic of Pakistan
pl Republic of Poland
pm St. Pierre & Miquelon
pn Pitcairn Island
ps Palestinian Territories | Palestine, State of | Palestinian Territory | Occupied Palestinian Territory
pt Portuguese Republic
pw Republic of Palau
py Republic of Paraguay
qa State of Qatar
re Reunion Island
rs Republic of Serbia
rw Rwandese Republic | Republic of Rwanda
sa Kingdom of Saudi Arabia | KSA
sc Republic of Seychelles
sd Republic of the Sudan
se Kingdom of Sweden
sg Republic of Singapore
sh St. Helena | Saint Helena, Ascension and Tristan da Cunha
si Republic of Slovenia
sj Svalbard & Jan Mayen | Svalbard | Svalbard and Jan Mayen Islands
sk Slovak Republic
sl Republic of Sierra Leone
sm Republic of San Marino
sn Republic of Senegal
so Federal Republic of Somalia
sr Republic of Suriname
ss Republic of South Sudan
st São Tomé & Príncipe | Democratic Republic of Sao Tome and Principe
sv Republic of El Salvador
sx Sint Maarten
sy Syria
sz Kingdom of Eswatini | Swaziland
tc Turks & Caicos Islands
td Republic of Chad
tf French Southern and Antarctic Lands
tg Togolese Republic
th Kingdom of Thailand
tj Republic of Tajikistan
tl Democratic Republic of Timor-Leste | East Timor
tn Republic of Tunisia
to Kingdom of Tonga
tr Republic of Türkiye
tt Trinidad & Tobago | Republic of Trinidad and Tobago | Trinidad
tw Taiwan (Republic of China)
tz Tanzania, United Republic of
ug Republic of Uganda
um U.S. Outlying Islands
us America
uy Eastern Republic of Uruguay
uz Republic of Uzbekistan
va Vatican City | Vatican | Holy See
vc St. Vincent & Grenadines | Saint Vincent
ve Venezuela, Bolivarian Republic of
vg British Virgin Islands
vi U.S. Virgin Islands | Virgin Islands of the United States
vn Viet Nam | Socialist Republic of Viet Nam
vu Republic of Vanuatu
wf Wallis & Futuna
ws Independent State of Samoa | Western Samoa
xk Republic of Kosovo | XKX
ye Republic of Yemen
za Republic of South Africa
zm Republic of Zambia
zw Republic of Zimbabwe
`;

/** Names by which countries call themselves in their own languages, as shops in them label them; lines as above. */
export const countryOwnNames = `
ae الإمارات العربية المتحدة | الإمارات
ar República Argentina
at Österreich | Oesterreich
be Belgique | België | Belgien
bg България
br Brasil
by Беларусь
ch Schweiz | Suisse | Svizzera | Svizra
cz Česko | Česká republika
de Deutschland | Bundesrepublik Deutschland
dk Danmark
dz الجزائر | Algérie
ee Eesti
eg مصر
es España
fi Suomi
gr Ελλάδα | Ελλάς | Hellas
hk 香港
hr Hrvatska
hu Magyarország
il ישראל
in भारत | Bharat
is Ísland
it Italia
jp 日本
kr 대한민국 | 한국
kz Казахстан | Қазақстан
lt Lietuva
lv Latvija
ma المغرب | Maroc
mx México
nl Nederland
no Norge
pl Polska
ro România
rs Србија | Srbija
ru Россия | Российская Федерация
sa السعودية | المملكة العربية السعودية
se Sverige
si Slovenija
sk Slovensko
th ประเทศไทย | ไทย
tr Türkiye Cumhuriyeti
tw 台灣 | 台湾 | 臺灣
ua Україна | Украина
us Estados Unidos | États-Unis | Vereinigte Staaten
vn Việt Nam
`;

/** Names that shops in German, French, Spanish, Italian, Dutch and Portuguese have for the countries they mostly send to. */
export const countryNeighbourNames = `
at Autriche | Oostenrijk | Áustria
be Bélgica | Belgio
ca Kanada | Canadá
ch Suiza | Zwitserland | Suíça
cz Tschechien | Tchéquie | Chequia | Cechia | Tsjechië
de Allemagne | Alemania | Germania | Duitsland | Alemanha
dk Dänemark | Danemark | Dinamarca | Danimarca | Denemarken
es Spanien | Espagne | Spagna | Spanje | Espanha
fi Finnland | Finlande | Finlandia
fr Frankreich | Francia | Frankrijk | França
gb Vereinigtes Königreich | Großbritannien | Royaume-Uni | Reino Unido | Regno Unito | Verenigd Koninkrijk
gr Griechenland | Grèce | Grecia | Griekenland | Grécia
hu Ungarn | Hongrie | Hungría | Ungheria | Hongarije
ie Irland | Irlande | Irlanda | Ierland
it Italien | Italie | Italië | Itália
jp Japon | Japón | Giappone
lu Luxemburg | Lussemburgo | Luxemburgo
nl Niederlande | Pays-Bas | Países Bajos | Paesi Bassi | Países Baixos
no Norwegen | Norvège | Noruega | Norvegia | Noorwegen
pl Polen | Pologne | Polonia | Polônia
pt Portogallo
se Schweden | Suède | Suecia | Svezia | Zweden | Suécia
tr Türkei | Turquie | Turquía | Turchia | Turkije | Turquia
us Vereinigte Staaten | États-Unis | Estados Unidos | Stati Uniti | Verenigde Staten
`;
