// Where the countries are that a map of the world is too small for: longitude and latitude in degrees.

const places =
  'AX 19.9 60.2,AS -170.7 -14.3,AD 1.6 42.5,AI -63.1 18.2,AG -61.8 17.1,AW -70.0 12.5,BH 50.5 26.0,' +
  'BB -59.6 13.2,BM -64.8 32.3,BQ -68.3 12.2,BV 3.4 -54.4,CC 96.8 -12.2,CX 105.6 -10.5,IO 72.4 -7.3,' +
  'VG -64.6 18.4,CV -23.6 15.1,KY -81.3 19.3,KM 43.3 -11.7,CK -159.8 -21.2,CW -69.0 12.2,DM -61.4 15.4,' +
  'FO -6.9 62.2,GF -53.1 4.0,PF -149.4 -17.7,GD -61.7 12.1,GI -5.4 36.1,GP -61.5 16.2,GU 144.8 13.4,' +
  'GG -2.6 49.5,HM 73.5 -53.1,HK 114.1 22.4,IM -4.5 54.2,JE -2.1 49.2,KI 173.0 1.4,LI 9.5 47.1,' +
  'MO 113.5 22.2,MQ -61.0 14.6,MV 73.5 4.2,MT 14.4 35.9,MH 171.2 7.1,MU 57.6 -20.3,FM 158.2 6.9,' +
  'MC 7.4 43.8,MS -62.2 16.7,NR 166.9 -0.5,NU -169.9 -19.0,NF 167.9 -29.1,MP 145.7 15.2,PW 134.6 7.5,' +
  'PN -128.3 -24.4,RE 55.5 -21.1,WS -172.4 -13.6,SJ 18.0 78.5,SM 12.5 43.9,ST 6.6 0.2,SC 55.5 -4.7,' +
  'SG 103.8 1.4,SX -63.1 18.0,GS -36.7 -54.4,BL -62.8 17.9,SH -5.7 -16.0,KN -62.7 17.3,LC -61.0 13.9,' +
  'MF -63.1 18.1,PM -56.3 46.9,VC -61.2 13.3,TK -171.8 -9.2,TO -175.2 -21.2,TC -71.7 21.8,TV 179.2 -8.5,' +
  'UM 166.6 19.3,VI -64.8 17.7,VA 12.4 41.9,WF -178.1 -14.3,YT 45.2 -12.8'

export const smallPlaces = new Map(
  places.split(',').map((place): [string, [number, number]] => {
    const [code = '', longitude, latitude] = place.split(' ')
    return [code, [Number(longitude), Number(latitude)]]
  }),
)
