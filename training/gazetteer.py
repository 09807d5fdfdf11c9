"""Names of the news that the training reader puts in place of a corpus's own, so that they are known.

Short on purpose: what a small corpus of encyclopaedia and interviews lacks. `,` parts names.
"""

from __future__ import annotations


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",") if name.strip()]


ENGLISH = {
    "LOC": _split("""Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahrain,
Bangladesh, Belarus, Belgium, Benin, Bolivia, Bosnia, Botswana, Brazil, Bulgaria, Burkina Faso, Burundi, Cambodia,
Cameroon, Canada, Chad, Chile, China, Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Denmark, Djibouti, Ecuador,
Egypt, El Salvador, Eritrea, Estonia, Ethiopia, Fiji, Finland, France, Gabon, Gambia, Georgia, Germany, Ghana, Greece,
Guatemala, Guinea, Guyana, Haiti, Honduras, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy,
Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Liberia, Libya,
Lithuania, Madagascar, Malawi, Malaysia, Mali, Mauritania, Mexico, Moldova, Mongolia, Morocco, Mozambique, Myanmar,
Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea, North Macedonia, Norway, Oman, Pakistan,
Panama, Papua New Guinea, Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Saudi Arabia,
Senegal, Serbia, Sierra Leone, Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, South Sudan, Spain,
Sri Lanka, Sudan, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Togo, Tunisia, Turkey,
Turkmenistan, Uganda, Ukraine, United Arab Emirates, United Kingdom, United States, United States, U.S., US, UK, Britain,
Uruguay, Uzbekistan, Venezuela, Vietnam, Yemen, Zambia, Zimbabwe, Gaza, Gaza Strip, West Bank, Crimea, Donbas, Kashmir,
Tigray, Darfur, Nagorno-Karabakh, Kabul, Tirana, Algiers, Luanda, Buenos Aires, Yerevan, Canberra, Vienna, Baku, Manama,
Dhaka, Minsk, Brussels, La Paz, Brasilia, Ouagadougou, Bangui, N'Djamena, Santiago, Beijing, Bogotá, Kinshasa, Goma, Havana,
Copenhagen, Quito, Cairo, Asmara, Addis Ababa, Helsinki, Paris, Tbilisi, Berlin, Accra, Athens, Port-au-Prince, Budapest,
New Delhi, Mumbai, Jakarta, Tehran, Baghdad, Mosul, Dublin, Jerusalem, Tel Aviv, Rome, Tokyo, Amman, Nairobi, Kuwait City,
Beirut, Tripoli, Benghazi, Kuala Lumpur, Bamako, Timbuktu, Mexico City, Rabat, Maputo, Yangon, Naypyidaw, Kathmandu, Amsterdam,
The Hague, Wellington, Niamey, Abuja, Lagos, Maiduguri, Pyongyang, Oslo, Islamabad, Karachi, Lahore, Peshawar, Ramallah,
Lima, Manila, Warsaw, Lisbon, Doha, Bucharest, Moscow, Kigali, Riyadh, Jeddah, Dakar, Belgrade, Mogadishu, Pretoria, Seoul,
Juba, Madrid, Barcelona, Colombo, Khartoum, Stockholm, Geneva, Damascus, Aleppo, Idlib, Taipei, Bangkok, Tunis, Ankara,
Istanbul, Kampala, Kyiv, Kharkiv, Odesa, Mariupol, Donetsk, Kherson, Abu Dhabi, Dubai, London, Washington, New York,
Texas, California, Florida, Caracas, Hanoi, Sanaa, Aden, Hodeidah, Lusaka, Harare, Khan Younis, Rafah, Jenin, Nablus,
Xinjiang, Tibet, Hong Kong, Red Sea, Black Sea, South China Sea, Strait of Hormuz, Sahel, Middle East, Europe, Africa"""),
    "ORG": _split("""United Nations, U.N., UN, U.N. Security Council, Security Council, NATO, European Union, EU, African Union,
Arab League, ASEAN, ECOWAS, OPEC, World Bank, IMF, International Monetary Fund, WHO, World Health Organization, UNICEF,
UNHCR, UNESCO, International Criminal Court, International Court of Justice, IAEA, International Atomic Energy Agency,
Red Cross, Amnesty International, Human Rights Watch, Doctors Without Borders, Greenpeace, Hamas, Hezbollah, Taliban,
Islamic State, al-Qaida, al-Shabab, Boko Haram, Houthis, Wagner, PKK, Kremlin, Pentagon, White House, State Department,
Congress, Senate, House of Representatives, Supreme Court, Parliament, Knesset, Bundestag, Duma, European Commission,
European Parliament, Foreign Ministry, Ministry of Defence, Ministry of the Interior, Home Office, Treasury, FBI, CIA,
Interpol, Europol, Reuters, Associated Press, Agence France-Presse, Xinhua, BBC, CNN, Al Jazeera, New York Times,
Democratic Party, Republican Party, Labour Party, Conservative Party, Communist Party, Justice and Development Party,
Amazon, Google, Facebook, Boeing, Airbus, Gazprom, ExxonMobil, TotalEnergies, Huawei, Central Bank, Federal Reserve,
Revolutionary Guard, National Guard, Rapid Support Forces, M23, Teachers Union, Trade Unions Congress"""),
    "PER": _split("""Joe Biden, Biden, Donald Trump, Trump, Barack Obama, Obama, Vladimir Putin, Putin, Volodymyr Zelenskyy,
Zelenskyy, Xi Jinping, Xi, Emmanuel Macron, Macron, Angela Merkel, Merkel, Olaf Scholz, Scholz, Boris Johnson, Johnson,
Rishi Sunak, Keir Starmer, Starmer, Narendra Modi, Modi, Recep Tayyip Erdogan, Erdogan, Benjamin Netanyahu, Netanyahu,
Mahmoud Abbas, Abbas, Bashar al-Assad, Assad, Ali Khamenei, Hassan Rouhani, Rouhani, Kim Jong Un, Moon Jae-in,
Shinzo Abe, Fumio Kishida, Antonio Guterres, Guterres, Ban Ki-moon, Sergei Lavrov, Lavrov, Antony Blinken, Blinken,
John Kerry, Kerry, Nicolás Maduro, Maduro, Jair Bolsonaro, Luiz Inácio Lula da Silva, Lula, Cyril Ramaphosa, Paul Kagame,
Abiy Ahmed, William Ruto, Ruto, Muhammadu Buhari, Bola Tinubu, Félix Tshisekedi, Abdel Fattah el-Sissi, Imran Khan,
Shehbaz Sharif, Rodrigo Duterte, Aung San Suu Kyi, Min Aung Hlaing, Nguyen Phu Trong, Ursula von der Leyen, Jens Stoltenberg,
Viktor Orban, Orban, Alexander Lukashenko, Lukashenko, Giorgia Meloni, Justin Trudeau, Jacinda Ardern, Juan Guaidó,
Mohammed bin Salman, Yoon Suk Yeol, Rafael Grossi, Amina Yusuf, Joseph Mwangi, Carlos Ortega, Fatima Hassan, Li Wei"""),
    "MISC": _split("""Russian, Ukrainian, Chinese, American, British, French, German, Israeli, Palestinian, Palestinians, Iranian,
Iraqi, Syrian, Turkish, Kurdish, Lebanese, Egyptian, Saudi, Yemeni, Libyan, Sudanese, Ethiopian, Kenyan, Nigerian, Malian,
Congolese, Rwandan, Ugandan, South African, Indian, Pakistani, Afghan, Afghans, Japanese, North Korean, South Korean,
Vietnamese, Filipino, Indonesian, Burmese, Rohingya, Thai, Australian, Canadian, Mexican, Brazilian, Venezuelan,
Colombian, Cuban, Haitian, Polish, Hungarian, Serbian, Greek, Italian, Spanish, European, African, Western, Islamic,
Islamist, Muslim, Muslims, Christian, Christians, Hindu, Jewish, Sunni, Shiite, Houthi, Russians, Ukrainians, Israelis"""),
}
FRENCH = {
    "LOC": _split("""Afghanistan, Albanie, Algérie, Angola, Argentine, Arménie, Australie, Autriche, Azerbaïdjan, Bahreïn,
Bangladesh, Biélorussie, Belgique, Bénin, Bolivie, Bosnie, Brésil, Bulgarie, Burkina Faso, Burundi, Cambodge, Cameroun,
Canada, Centrafrique, Tchad, Chili, Chine, Colombie, Congo, RDC, Corée du Nord, Corée du Sud, Côte d'Ivoire, Croatie, Cuba,
Chypre, Danemark, Djibouti, Équateur, Égypte, Émirats arabes unis, Érythrée, Estonie, Éthiopie, Finlande, France, Gabon,
Gambie, Géorgie, Allemagne, Ghana, Grèce, Guatemala, Guinée, Guyana, Haïti, Honduras, Hongrie, Inde, Indonésie, Iran, Irak,
Irlande, Israël, Italie, Japon, Jordanie, Kazakhstan, Kenya, Kosovo, Koweït, Kirghizistan, Laos, Lettonie, Liban, Liberia,
Libye, Lituanie, Madagascar, Malaisie, Mali, Maroc, Mauritanie, Mexique, Moldavie, Mongolie, Mozambique, Birmanie, Namibie,
Népal, Nicaragua, Niger, Nigeria, Norvège, Nouvelle-Zélande, Oman, Ouganda, Ouzbékistan, Pakistan, Pays-Bas, Pérou, Philippines,
Pologne, Portugal, Qatar, Roumanie, Royaume-Uni, Russie, Rwanda, Arabie saoudite, Sénégal, Serbie, Sierra Leone, Slovaquie,
Somalie, Soudan, Soudan du Sud, Sri Lanka, Suède, Suisse, Syrie, Taïwan, Tanzanie, Thaïlande, Togo, Tunisie, Turquie,
Ukraine, Uruguay, Venezuela, Vietnam, Yémen, Zambie, Zimbabwe, États-Unis, Etats-Unis, Gaza, bande de Gaza, Cisjordanie, Crimée,
Donbass, Cachemire, Tigré, Darfour, Haut-Karabakh, Kaboul, Alger, Erevan, Vienne, Bakou, Minsk, Bruxelles, Ouagadougou,
Bangui, N'Djamena, Pékin, Bogota, Kinshasa, Goma, La Havane, Le Caire, Addis-Abeba, Tbilissi, Berlin, Athènes, Port-au-Prince,
Budapest, New Delhi, Téhéran, Bagdad, Mossoul, Jérusalem, Tel-Aviv, Rome, Tokyo, Nairobi, Beyrouth, Tripoli, Bamako, Tombouctou,
Mexico, Rabat, Rangoun, Naypyidaw, La Haye, Niamey, Abuja, Lagos, Pyongyang, Islamabad, Ramallah, Manille, Varsovie, Doha,
Bucarest, Moscou, Kigali, Riyad, Dakar, Belgrade, Mogadiscio, Pretoria, Séoul, Madrid, Khartoum, Genève, Damas, Alep, Idlib,
Taipei, Bangkok, Tunis, Ankara, Istanbul, Kampala, Kiev, Kharkiv, Odessa, Marioupol, Donetsk, Kherson, Dubaï, Londres,
Washington, New York, Caracas, Hanoï, Sanaa, Rafah, Jénine, Naplouse, Xinjiang, Tibet, Hong Kong, mer Rouge, mer Noire, Sahel,
Proche-Orient, Moyen-Orient, Europe, Afrique"""),
    "ORG": _split("""ONU, Nations unies, Conseil de sécurité, Otan, OTAN, Union européenne, UE, Union africaine, Ligue arabe,
Cedeao, CEDEAO, Opep, Banque mondiale, FMI, OMS, Unicef, Unesco, HCR, Cour pénale internationale, CPI, AIEA, Croix-Rouge,
Amnesty International, Human Rights Watch, Médecins sans frontières, Hamas, Hezbollah, talibans, État islamique, Al-Qaïda,
Boko Haram, Wagner, PKK, Kremlin, Pentagone, Maison Blanche, Élysée, Matignon, Quai d'Orsay, Congrès, Sénat, Assemblée nationale,
Parlement, Knesset, Bundestag, Douma, Commission européenne, Parlement européen, FBI, CIA, Interpol, AFP, Reuters,
Parti communiste, Parti socialiste, Rassemblement national, CFDT, CGT, Gazprom, TotalEnergies, Airbus, Boeing, Huawei, M23,
Gardiens de la révolution, Forces de soutien rapide, Tsahal, Sonatrach, Conseil constitutionnel, Cour suprême"""),
    "PER": ENGLISH["PER"] + _split("""Vladimir Poutine, Poutine, Volodymyr Zelensky, Zelensky, Bachar Al-Assad, Recep Tayyip Erdoğan,
Benyamin Nétanyahou, Nétanyahou, Hassan Rohani, François Hollande, Nicolas Sarkozy, Jean-Yves Le Drian, Catherine Colonna,
Alassane Ouattara, Macky Sall, Bassirou Diomaye Faye, Ibrahim Traoré, Assimi Goïta, Idriss Déby, Paul Biya, Denis Sassou-Nguesso,
Ali Bongo, Abdelmadjid Tebboune, Kaïs Saïed, Alexandre Loukachenko, António Guterres, Sergueï Lavrov, Xavier Bettel"""),
}


def names(lang: str) -> dict[str, list[str]]:
    """The lists of one language, by label."""
    return ENGLISH if lang == "en" else FRENCH
