"""Cases of `train_own`: how well the network reads pictures that nobody has seen.

The labels of the hidden pictures stay with the judge: `predict_own` gets the pictures alone, in an order by chance.
`HIDDEN` is written by `split_digits.py`.
"""

# pyright: reportOptionalMemberAccess=false
import base64
import zlib

import numpy as np
from otter.test_files import test_case

from capas_check import call, require
from capas_check.measures import measure, once

OK_FORMAT = False
name = "train_own"
points = 5

BUDGET, SEED = 5_000, 20
HIDDEN = (
    "c-l=|36|?75ELLJ5bOO<n_BSv<mF{D9$P|9FIClzuPe><hHzc;edcvt;kn98SGYo3tK;W0cHryR-SA($bLg*ESa|h%uPcpw@dA792d_Lk<o)tz"
    "TRY?R(%R<dLVPEF4VAy+jj68}zu~j><MqP3Z(cI&C-Zt`rG4W9?aO<&D~z>v#p`$NjeozcUhyA(W{!CAm8Wu1p|mibD<oY1#Vu~!wif)gUsvPX"
    "dwaF`&<0nGrL?^=e*a2ZgVzqBPyYq4<M%i-A0f7vf5fwWH-EqTEO;&~V)w|;eX9-rq0ev8NY7eL&$?&iC;P-R@_luFTmW8A;lkR!y;s63bwB(O"
    "X4NBpv+DPIw7DMdLmT*kyLDcnY_1$udIy$*XPmk4LihWOSNk+(ma(oll75DQKZInPV1=!RD{*aA8;T1)T1c;xd$VJjc*2aUc6>0-CoNjL&$+!_"
    "tI9-Ua~rRB*2Vp6U%>mdEv;zfk^76k<fUhO7q%5wTC=_%9*7Saxz5=pjh{PQ3u}7dcVFSh-~)8kai_&?EWLH!AmTE?wwX<L?0aZ?*P2`@Hl=eD"
    "9vDNediA0Ah3VhZI<Mb5`T||1y5YzlP1D1(>C$(=9m1Y(#R}eyCz!M`{sJSzCGI`>4B@S?E?#dnc3L^lk$C;Q6#{u&U9mF5qm@2$?-<}qW!#Fj"
    "1&^04($YflNw2tW1s|S3y9&pxU!cpkzGIX>d<>F3UIpKlJHyKBW{ibrji_i0-nN2|(UTW;9e06CHZ1``>~Ordj13QUL=4#$Hd!BShNyL3c&73I"
    "{`nYHA+9wxE?IYFEFhe3c_=&;7gVrp<$-G~*p=J0VfDg1@Z9p(T<IzIh?N(@E|e)F#L$yG>FP2no{o={Czf<onNvo(_ZQyhig>voH`P4{HW~|P"
    "UBSi}lHWW_;f?TBLgBp>w)mK=b}K#5xB1YB=B14EBIT{9r{7<&<9v8GHnu3Uz+1-B=V6rxKe4!iZK;(@N8o?ReatJPE*Y=RS4O1^eAp=LH^Pa@"
    "xaI;oW1IHIg)TUrTs7Wt$`s+gm7OmIZ@4}`0L&hbv7;Wf>4_L3)ge=-Jml%C_so0%55n4D^G&N_7b|bHyPSsENBQwxNxxrJ7J%Oj8-3!!@E+{R"
    "W)j8|yz&D%Ym^VJUv&9r==AA;<jqHly%kiLg!-^|!X4Ip<R5TXdt$^Nn1|=)(y$~sW>7ic5}2-3nZmL)ZQScx2(X9#m1BodE1no`ft0qiX1K%h"
    "0=;R0K9494c_HH@2Fabb>V&ej>`;|8FKuaP$dSBNA4mfzZCB(o(I~4hI&u$DMfMJge_Ud(v)%LIt<$IEitGvpO;>#TWVGDvEypF}bT+l|LinZk"
    "Dl5EY${*(ZV1*R!<)EvJ34k|>Oz+AduNIK}BpDn1Fp**R6Jtb|SE?AB`8?vG^@gQjxEp?VLFvlt{HY*`dlx-ZN5!Jq<JKLp-HMSh?{q7fMr;T^"
    "g`$|4rI)jIdhmJLf}dkFrcvZSVLhMy=wea~Uu}y2g35EUTsyffvDQ6n!a*uGS~)T8@8g{i9#shg58dp6&pPp2;Ht5|07dfGJu_?LgZwR<@0Y%L"
    "!w?w@dys=~Vi-IplV*B>2>1j|^?=X#Xkn<0O%SJMZ8yU4R=p|h+!l!?dV9P5Ak!5uzz4iB(HNuA+GWaNklBDFSj7=$cEEWG#Gb#OL6Bt=ui1%R"
    "uA5e1OTaUGbS$#$GgFPCiq%(cpVM`}ug9fFFSIu@<9|JLR^<)PVv6b2r3z`$wnWBr`A6nsR=$vA`EpiWfgg13?hR8BBz-dtW@S|{8Uipe%278%"
    "3!kZDFYXomiw-xJ6W&J%<(g?UXPk*`I2f)feemY@U=>8HrSBE0dQ?U4#p;Yivh;yG;&`1JZzs3AA>kC_zb2!8V;bgR6<ErR^?uBqFkB|k#JgTT"
    "<oKSY-Rv`aX>(298DMSEB(SKG<iPf*j@;YtBsAjErZ5$(%y;pV4bd`K;oi(Ev=<;L;=1u_%uI-Qc`A{ELA7mg3C99GrE1K(jFGOHhoiOX7N<O4"
    "s3r>Ax>}Xv+=B~GgkfF3_f@;ff2o4Zvnht~_o)yBU?s2sWZT8tPUu^d@8#lfLA?VR#Wiwkd$o~@nxq6n7uzTE4gDR(RdBi#U=?lsOZ<PAN)I4("
    "mq*|k^+cge`H50441(?7i_iQb<p>8BLmiZ^S2t*%^9(-OnZ48f^4TH)%8R<hVksMkQPSWCcK%cr*O)Rc%Cz$e%emlxzDx(WsW(B<Fb?fQDC&N-"
    "1Qr$%h1jNJXuk*7Iy>kQu#H!43PzMt=0L0sWmZYH0Qd!>_+4p)`{d4O7@(EI2Kd)Eet;wNxhm`vxU}wMnix(Q@M+VnSKY@}v{7PI3HV*5)@?AR"
    "+{W@Q;sI-(!m>>RUK^pWA^MT93j`eR?uBn4%;DQe7QM23aypAMa%eHXNKAkPeSA1AA<tfsIU;xj%Vq+C*<^_2eYTR@rQpK9<2%3ud9$K8>+^Ud"
    "?4yD#n3#OZkSNvLlq+TxXV&j-$EAbeX<GR*L#?82)88C~c*fy^1oR{-+ixOP=8H?*2U#5NFWAMt=;Liq>=xD}#tqLzPSvjFXUVjv<0=A=>(DLm"
    "cPXSrD1o*si3&=R=pkcE&$=2JFG?C8n7QyxUA6TamBf<(g$Sj8H<6;UUN^hW_F?!~J#?E6aNqAF_!_M8^n)-?4BA!0I3;zxdUOQwqD!aU?uT(a"
    "-t^M5;0UWl8n_t>y(?$|<89U4sFT9Z+4(H64Z@R73|ePTm22baVip$x4y;}99LY#f=j|+l#597{@tLRE*8>=XaUv4E>cHC`C7h8DsT+Q__K}up"
    "L(Pe<=P;LX%MWf9V@e=ZDGZ$XGgVh|g$sYK#kt5aaFxO}Bskzh`v2n(;lRPTS9aKLGg~`7Q=y^s-r*otEej~hgz?FZ)()y1ViBA13<A^WV4(<p"
    "VlORZT&7|S*x0i*5m6%&rkHrc8d!t+dMn`_?z824Pny0|pra8CsZ=o+)>qy_r<1^7j)ZHqV*4i=DPb>JcA1SwfHS^RMt~=$c@w2aacKH8j1)dR"
    "A2Z0?@y<vSJ=@TBcVntZY(#kXm7_G=+q#f)n`oO-)5+3-&{)VQ*ak>xLcJB(Hu)3H)}MkJpmXL-NyOyt(X75KF3be~u%V(Ph#Sk*=WN`!+~Ri%"
    "LwBIV<;?f8QQBh(1Y|&b0+m*ZQzFAvRX>tSle@st-aA_j0DZfnQld&k-%U&02S4<jb-R^F_fcAJm;Kg1Ngt?fs5lRk>6XvWEvak@)6>sHt{6+s"
    "iRo<jy^j%pAZv?$5qKz9N=c*f3WAX-ht!#*E3*WO@*Y#`MzGq4Xp@Ui=7Df5gAWQi!T5I-qPV1B;Xn5ycD^?EGYgss$hBESe$o?vs9QBN&Pn0{"
    "e?it&KCfD#mq3(L=8&JXDzug?JPFM_rpU~?=`Ld=)eK{6Y|H<uGkHgrLPbcEPfqp2Bqd8;db+@0EXRaG*fwvRB+W#~>uftzBPG)yljXy`iv1!;"
    "s5t1$0@kDlzNoQpWCC&^AlRHw!YclsSyfO9EkeIg)y?pSp%etjQ?lrQYry5AAI_5~pYw^*2}amnkd2<wb<gyfHsF?@YZ}#Bc-BIo(*mD$gK(bU"
    "m8SRdnMI!R7Ar?oK31$Oj`Dwo0-w5Z6m{D#;e8z}7-YXia1ei}O1~LkTOaI6DGX?<sM_wOJMBEALuHY*LT+S!yPPHSJZZ&<Sc0`Rk^STHOPK}k"
    "f!YMKBl$8M0T9ZP!axK_Rp7H!MXDnq%ErSk8l`nTsJy*ZnL8~>6VW*m;Ybp2rB+3b=z(&mkhj(OWWiebKN3PWVbJnWi_+qckn^DmE3gHYfi$bJ"
    "w*2HJxOw%A>zi81WJyv28>Bwuyl*u|sagLKx<Za;s8m^*ujAQ<QQ@q%)w8RKr|}_N-G!^o>+h$uw1e8<Pl>y_YgU0~VUdNl9c+CPf>3-P8KH=n"
    "N?}lrN_$j6N-0-d!g<zjTUy8e2?iiZ>kp0WfaU#JlFrk58^aDriy4QAJ0f+!G2zX`A^5b+1`2I;f0&EYQxyxfXW@Fho3TI{`@>=g$>@n`5+CyK"
    "S=v1As8C_-7<jZLE_74L5O)@<CWpRA#={)9C<1wel+r%bzW`F{l{IRAjplyIGZ>8JalL>u7dmKyxfKhgt9p+K>>6n9^&F+dz(F98{^HDs1o;R8"
    "Az|pL%ZRs-M5j8#&kl1T@QAGZAtWm5Mu7mdH55`3_<1SH)!BT$8QB0?R!Ns_4mDfgW|_ugFjCk9tAsNm_re}hFz$z38Y>pqk*}HJP8D5TC?#RJ"
    "q^SHRQk7(^t^LN;4%%bqfe`0J-L<9_%eAegRo6s9V3p;mwgcJyIszH7Sm7Ivs*mWg^p>UK?kBSe7s$rS@fcwtLS_2RW_TmaN*9W|BtO&BvgE?>"
    "xKBm4q?ATQJBe^osT7$4@{D>qlj5d|1neUtQ_!SMGboW+z}S{|+j4K^b)8poqd*9oRF$OnV##1uRK1VyP=f*3Tih97>LBNnQ06k;UrQdFcRlQI"
    "QWike&L%JoMk{I)o#HO)pci#z#vcvzOj6#^@t`#C!^;0yjEVdNy^zJ~9*-~%;hm+^ZybtZDJ-AxFTyt5&OKQ$%DP$Q@b~N<=(i@NFs2;4c8{z8"
    "d0bLq-|-Gxv*qvL2I+iz-2ypr5Q|spL28k(tW$=2MvPyfa3&oYQF^I4hfG@SABSt->+leeXXd)Qtv3p+39}*W1#ED|?-cy!)XupNJSZ|EUMF{<"
    "<h7Uig|ac(S~OG^F1Yx_ZU(FLfuu$ECvMbl;gq6oFCbecM8WngWfquB&?x*G5nEm6OG3K1=qJPhyl-973JUhMW&$7tmqjzA(wo}{{QoTTM68W4"
    "%wZP3S`WQn@_pEB5g7Chswob2gstsXjYZ?v+(;d)w=9FOMy#0`Gi)2nZCvx@C->o6Y)Il$%vtqh>1p(q)S;l{#xN{h;Q_X<GEPj_RhjCZUJ|@t"
    "@+&fi;<wNraOt_l_aYUo>}YixuzP#pF<n&nv&V)y%uHw{*`W1gGKWWzJdkpf<Ygdik?~dim!dFdQR`#<`0b>i&CK?lMnFD|$9D_(aT5sl^R`dU"
    "UbiUj-6W2^(VcE~q*eO16|S(W+ly*DylUp$QgzGfryReh<YjXs_b?xIEMdgf)sL8p2|eW~M*;sVAPM%p>lH_i_j|C>EmM#=9`N1IL_`0PYXgnb"
    "6c!W`JzN6G5&WVvJHsQJvg3e{(i7uYDL9AG=i_ON+^YpE?<1QvBFdO*=8}h!bRiGml{u}}jP~X`Sgf-y{SlF-{`O^Sih!W}6BBd$5uU8h%iUl$"
    "lW)e?zLPZ2HvCMF3(vI&t2=>*(e_j;uBaPd4Q<t8Po^J%-JVb4aL;-OT&{HWlivQBQDW)Ob!0jbN|CJ=@6*|uPDv(psaw=%pCO-Q4A<wwOowlq"
    "jk)lms7PgD*irQpcgS5Y<L&in?q3~p7h-dE6rQ6@B&?)x7IOKHcyjNfZ1ofN?5s&RP|)D>x=uXcEAD<r_q8U;Gi{@#miejRGoB-D;2H{(4B^L8"
    "U*pM8$59ro&0k-3_h-B7j#5YsUoK_j@N9$ONkJm8^)^hdmW)n;Ih@pEusrt3%lo#@dz6dj8J@0~xU&7o?VmrjHMkWb8n<0+$EeCw_Z_zJUUKpa"
    "Uq9`odSY`iHAVQz_)K|}p~h|^<#%$vz~}Wr%KZIwY1Dknt&;jiQlVSDHa99k=PS(_0oKav>5m6*gbB5V!d5B~?HuaWksG_CWd{xFneYOv7K@t%"
    "Ppf>n&v`_&GyQWIkwz+R<W5ynRC{6UYn3b;<lAtL?LRZ$b;O`vnBEf`nA9*?p~St`N%!CBfW}{qJAmVzQ82F)_DM9N=0dSlOp{|qf`$4&e?XZf"
    "lzrw7l5*meP;E6bGnnFN#IHPZ*;e(5b*m9Ywsl)GlbE09WuVd?=@8c=?XFN~Om0IrVWje<6Dy2A$vFo@^-nh<)BV&PexC>%#43rKV+J=@)=>k="
    "joFf8LU^$pZXb#=ha(VF*;4_}IyNfnWMS{ly&arneZ+@lzmZkChyw9Z-_{Iqh>^KN!I+0przK;PvL|Us6d%w*U|M+YQofGwZPlJ+j>9}mw)XjE"
    "?hcME9|p{O#b5@TbqH?v0~i!0-&zp+!IB|B1Fbuvj-@WleX(__ks>x4S&xJy7)y$}U%RlD+bI;tfwE7F8eq%p@bJzYC*i0a$pK?zWJ}zDVir@P"
    "JDTLeXS(YX3QE&+36G~q0=RRxzjTd*+?{a0xU|V*Yf<+e8C3gFvvI>Mxeqn573~{vZqfV)pl%9hYRl1-uD|&cAsLG~MXegqbrs9|1vz?yDvxp)"
    ";+or2)_bdK_d^sSfcnSNLzM4%g_R5ko0_^}*VWKya##<KepP8G1-|b_&#&=e8R!9n-P%2>+)=|oE)UN3)<ji!xOSKTF3zHf7-l$gibVa0*qNmt"
    ")<kP%(>A=`?^D!j{6t{wq^uC!dkX3$vGooXUNvlIPdpk)*oFi7RI<3$%=_`n@E$^Xsg*COy8G{%@d<d4MlPN6rOB$GxdmmGBeC^*s|JE=FCa%b"
    "ijnKLHD+?T$xf7HQ0yik@)3tS5S9{AfEu}J$cf*p^cr`41ovuuML2=2G|W{rH0S(H<CW(nX9_?t*`2QGXa7N&ae8|mKO<vtDg;u|eCRiyHQgeC"
    "t8r)J>3x)KIKSPf?8TL8V1I;wnkL?2`F>+1t_z&^6J~V+f-Q=>J{-M~5sxIEC9%t2gk%8Xo6CEZn$POJtZYd4BbiIu&C~5Q4<%vkZu>sXW#IBq"
    "C-+}({ETd)Co$PAGVCYNB)gK>E{C8F#6+!LoP69Ju*3GZ>preqgmq`PKA7h#WD2M|G+L$tLn{|E4p?Mp&TtkXkoQ;K)2$hu_*l#Ah5UkDo+V;|"
    "XY*1DyFVt~a(%2M8vto(NhwitsME-W8z!fIB$gs3zR0`)vIgV{0F_??_eqhS{3OSE;2u5kwooinY-y{=dD%5pb1ZCss<9Z39Qf<DT&4+`x`6e^"
    "k-p+N0l|OZk>Tx9Z`~>i$Anv=C`Sk802)h8@y51R*ioYF*B?I6+lwjFK8&WyH3PWOZAlb<ARWnUz}t@t_`bPmR0w>zZSi&hsLJ|{px5+Rn(Pif"
    "Vq?YuuSw38w;gM!zaYeDqp9b1m4hF;syv<beC}En7>-`VPQ!KdC41KLq*bt1%drsa)qt3n+s1BXov9Hx*p&LSR#B5}b`uDOvzDmXc`V)&hs>-Y"
    "i)W_C<E2)#V&^mmvvbO<rT`d0`^nxqM{VgbrxJP2bvfAYe(=Y3SfYq?Y62_!Qq|~nXCsPp5u23>0CRE}Ec_%FQ7Bz#oV0vI)Ao#c6mJ%B`ir)4"
    "45NAE)HD0=N$jUis3mcBQ_A;#tHCzqU=C$}LvcG7=hE1&q(ZK+*A)?U=ZZ#C9x#AWL{Kz7(9QzifAxY{+Q=AmuYDR^D4r{N;9=WQGJC?CQvE(b"
    "r0>(l&r75AFm*9l*6@SuLdBvLR2(%j76t0c>a6Vr<y9SL4InzE)XPKw7#p@~Wr%vDmh<UXc%mLouXYfkQPUpfy@k4OWWevtW{z^?9p1U5dsu+r"
    "gj7{S;X0G=XPlfoQ5D5g1VV4@jC=x9tv&h!C!nO;*Qs2E{k63(I~v&iR?nk#wGR*rwnPyd1S}}0)0LX|`@P>pBXNY3NfN1YOAbaUe%&B~9ccU-"
    "KdJSSgQ_HJS!0lVtNW)749@{spB#@T03=xF?{WtmpTCt*QvWnP#zr*@4^~J4AdFsY=4tu=S>N!;ZP3sT4^9-=Ab02MHlA|in=_e^Jr#zGBZ-9R"
    "mg(iWMY2HlxYFbdplB#d$?fw93<sII3CEVcOx*67s`aB`R<v6?#hn@rhs55)Q1ZNffo(tZm@sUs{?7n%tz>Or7O#ZOtm#p{U8SgfMZhq=%_R9!"
    "QjI7A?)P>oRaC>^Aj7WB=KAICB5{TiP0V>{k|uKrq7_okuR1(2?G~mm>{e&7Z=FT~;4n8r5%efd+w;_a)4*c6h68IJ-dICv89<s4g$#`2=RoEf"
    "nn_!&4N5MW9wpy5fysS%DiE;i7B6tw&7+^AGNGQDM`)Abs$v@Dcw#(EsH`rle=U0`IQ;0Gn|WBm`zAN<=n%+sFQ9g`kf3dxr3!>wD!C3|!EPsy"
    "o4Yw1%Yi^fRO<d4l+CF^a*cB+=th*fb$uOPcqvbZ;%SlGxU|aAD0W0C(!Uys2`y^+4)~O|NZXqfX6|Q%W*jZ1SWA0E`-q*SP_eYL_;LcHpRWJu"
    "h<{e|%ZSlZ8ayeoD`zXU`7saN2Mw@rRQ38l$?*vRpwtF7e>&aF-x@fvJTo>?8K8P%r|^pLbe4GlMbQZaq~f;@WSNAE93xpuT?i`mv{DPzQ51z_"
    "C`71#)K_;`Z+h0(%H`_@w56`^OlZ0-weOoxh|;>0J&`Yt{(p|{#L06KWYuTVWl6<FYV$@vo`jIS5AV}d2m4O+`FAu>*?Oiq)KfF@tY=)QkFM<m"
    "rxq4rlYrvKHxl&#qHzT7!|E$PxaN=q0oe4c!>R;*->Hm+U6~q{i9S=p0S1i|#d0Lo9@Q~`rP!w>7h6swSln}vra*Skl+PuwuGaa%(!=|nSAB^C"
    "^G+O4)*v-+5rId=#>et0ACPt{-pNy@*Qc4kpGlBVYJEId+leSiSPBW^DyeHaQ|$fGfSRPt{zi4UH@kcS8smRNlQ6;}Y<-8){4I7?euvIDG3{ZH"
    "Bfb9s2CFpd%su<mJHK6(+hSwa_E8IadS2mk8=#9sGZ>Puq?3DbmRBv2UQ*F$%kyE|c(SfDLvdnW$50Rx%f#V+JpzB-2eL*Tk(sxrFp9c`>NxoD"
    "PwCZfOh<9>5ekuBW}03trt(l2f!({uS2*SNn-)wKUw~&dj|#_c>@!xeHE!E|bpLl6D?iP|^YVZb%DPTUVhh+Myxxz^v>@=K4@RP3dfa%Lq>`tj"
    "Y$s`4OeCm{nKL(@ZqwNSAD4LduQvWp*q9QVpXT7RnhX~2U;Gnqti*h~eU{cn7rcYR>3CRFi=2d`4P9WrMS>ALkVZq2?LAvvE6yZAeZh(f72KG9"
    "l$8<P8t>XEd9FEg!ae{a>AWK$gvb^%h`i=*Y7;b3t*nU@b22xy;BtacH!>bzJ$JzzIDbdqxeS^vol;@C^-!q>l$4$Qt~7n>?E+1BqDtlDfPp!5"
    "a4>;%g>=rCyxT{y?lvq;g>qWtK3xFESj5aMg@p0Ip#xc0r%XL`F_()f5|EI^-RIw+b2@!qbz5WCCv=*SP&aRBDjdC4{Eagn9xk^T;Rt8AtA;Z$"
    "sma%ebe&C*+p2yZY;Y4$H1$YOGTldbOKBed)PaKluOLpOLV+c7q-uCR645AY4wG}{w5FWcr$;1uZ$4}i$ZW#Oz-3G*Wf%$U-YgK@LUE*DC$$`n"
    "Tq;-KaYljjXVa#MBNQq$d6|@JBfYQZT*^H(D=(m~>F2j~Pk${nD7uf#5SktkZ53`TfgkRU(!)ML^)%<%9gK(Fy*^<1iSEPZnmb9W*)#HUX5T|r"
    "3p5pLFg|=(8SedDK*)weJje6RQ~-X7SjmT*58h;*GI?~WG;yY)z0o?NBY9bEq59%hxuvhV9pLYgk*P8VkGHCE#j)ZoxA~Nvbuv#lLVYTBN_0pk"
    "^f-?0L<z0@quFtI{39K({=Gkto*thG9Xg4IB(6~zDv%{ULUT*Beio0DXu6DfzMiAK2jzJ<C$_F#@xfYw?PyJvl9q?~sIjv|3%P(*iVqTe%U1C{"
    "qq`a=Wy1H-8hX|lCyNpy_Dx0!n}NwBHz3Vm^7au;B9S05%XFI)a$-13W9oQL@d9`U#|V`N&e*TD79_)@x{!PzUT3zW#zWjZVZPUCv!$%fUCBNm"
    "<tqK^ESVe9Mp8AO>GDrgr>jkQSmfc4BOpxmok?-o6kuh@1Z$^*<_0(%A^FJ5nbC@FwS`rtbq8^9T);=Yc(Te}e>NZ_AYE#<=s*k$$aa}WojB(u"
    ")%W%pa&c#}Y_)?oTOWbz)ls{`&egBB=~PNo>Z<J$M^dMg_@Hi&Xm1@qzMhz!NB{tiY%twZ#d|*SiJK=~Ioi$QDg}cN1*1$-&l~UN92)hHhu9g8"
    "$)X$JzB-8Xea+c*E-M(xGV!~b+CAs!4;I!ujFAeb!nFc*>)`#GLwMvbSw&H9;kGm@-FLLR@zciBX)8+&zB#xsr1ovi0pGoxWAXlufTlAUJSSv@"
    "JNV!wsB}8AF=CLDPj7|CMdm&YNaIGWbEf~K(&TfsOkHkI|AxNH+~<rCAvRCOE>DYnzk^ZR`eXCC<IAX!V9Dx#ITKHJQyt;Jn@C$+>Q5kN=Kec^"
    "<q^u`NfxvCEIPPMlVsI}T6JK)&aN2=piG^F2-vOhYfQZ748Fz-bCN^#A5IKb#C7yWGZvd241F2Ke0}_h+WNC!!}EPa8$ckh@bC-H+Ma3DN5%F`"
    "#vnm09faBba)98nVR6q#Dc4jK!8o2je{~$;dSkQX^-53R0ja4l@)@#Ve9Ce0@p&8x$yT`#*CK8t0HW;7@yhBmj+))>G3vt4JmcsgjqCUI1a3HK"
    "3^C4+$b_k~t8l!1otEi({~b2Ff2bQc6cm>$NPk~+usn#?d9F?2!?QWzi4u}okU&rphjm`J8SN;!wKE}c8dO(PI$+aPH%1-dzVX~McFP@!-vJoc"
    "ks5R=VO$#LEfnSWJs3}wxJTXStW3j(OkkEuCLk#39spD#)ulj7`5w<r=!)DBKAjCuNm=_{`^;|c^6DEm=2oYB23HO|qVo7fA?b{L6pe_pTdS{j"
    "DAH7)K9unRNH~la*GoXb<UAxOqm;$#B+K8>xDicqQUwEj6wZb7hdgo<>ALE8D}Vo;U+{4P8rS0m!^3_4DhAG6h<4xk@_BL(3A*NaYTWaofwG|_"
    "P&#fRAjzJr>C3it!oSNq%oa|oj5Bvq8|J5toiNhJjHH&RA<mJujn+c<lvwcbf}q@JIoSB&cdW^EK@dr2JUKfpzvG0en9c6mUI)>2&Kd?42Tlj_"
    "^tUEnmgmUkq{<UGXwO$brIcX6wGPd%nrjmXcPz*u@b_0!K{;p=mKCNP9b$R<PkCJj(L^wLr0)$HZB{%ZsHzGzOjtFx$P-mTq0CuL_Mc>|U5cAA"
    "-x(j!%$FzPd~U0qO)TeBvU4i%gJx*r92!(XeWE<1DZKX_Gx1r$^6_K=h1Huxfxv}KB&PH`7&SeduXA$u^*ai2IoGl`AR70q^l6rM5Hxwt*`4ur"
    "&iLu4wJo3SX_{2$#N?fALpIexcndv|h(<n~!|=BeUE8z|4jO&BOh>Yw^j*yJ&s+K3BG;oyVcLjWsa9*Qin8j7WdH;BSbFo5_<#;_E%Nc@15t8j"
    "c!4D9uie(FI<;3Av9YDWFUp}}9XSnn^auBwZz@@uIy%#RtNa^pV(y}&M2{PLfMPEl_NI%!*EzqY(eCB%c)<_Fb^J(?sEM_yI|3K#5_qDjFFIKJ"
    "%xrdl?M(|3AX>fG`EH=BuXMSvztYMn)A$=9C^WsJ=*%@LOX`LUk1yyNs}8E@Kl!I}q?$X(VArw^{P<u}7><cL`9&z~skt53Bz$OXrv2_e_{*R~"
    "g^T-??R@VMG9(*L;o*E)Qa=$<rb9ekUEVP@W6L8u!)FQtkCh<&bpVFv>onlLYgR*pKr^0Eslx-$DTLF!#X7Y+DB79}TP<s1srTEhiq0nS!*cJ_"
    "iL?1k*y9trDK?$;=l7)$t%C(-4-KE8l6Afh1)k-~^kg0P5|>d1i3j1_mIe6j02YY)@KhOLT>1}k)_(^"
)


def public_digits():
    """Return the pictures and digits that students have."""
    table = np.loadtxt("data/digits.csv", delimiter=",", skiprows=1, dtype=int)
    return table[:, :64], table[:, 64]


def hidden_digits():
    """Return the hidden pictures and digits, in an order of their own."""
    table = np.frombuffer(zlib.decompress(base64.b85decode(HIDDEN)), dtype=np.uint8).reshape(-1, 65).astype(int)
    table = np.random.default_rng(SEED).permutation(table)
    return table[:, :64], table[:, 64]


def as_numbers(value, finite=True):
    """Return what is an array of numbers as one, else None, as of a pair of arrays of different shapes."""
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "biuf" and (not finite or np.all(np.isfinite(array))) else None


def trained_once(train_own):
    """Return the one training that all cases look at, and its arrays; they are finite numbers and few enough."""
    pictures, digits = public_digits()
    done = once(train_own, pictures, digits, SEED)
    value = done.value
    require(
        isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], tuple | list),
        es="{done} no devuelve (parameters, losses), con una lista de arreglos en parameters.",
        en="{done} does not return (parameters, losses), with a list of arrays in parameters.",
        done=done,
    )
    arrays = [as_numbers(array) for array in value[0]]
    wrong = next((place for place, array in enumerate(arrays) if array is None), -1)
    require(
        wrong < 0,
        es="{done}: parameters[{wrong}] no es un arreglo de números finitos. Una pareja (W, b) son dos arreglos: "
        "ponlos uno tras otro.",
        en="{done}: parameters[{wrong}] is no array of finite numbers. A pair (W, b) is two arrays: put one after the "
        "other.",
        done=done,
        wrong=wrong,
    )
    measure("parameters", sum(array.size for array in arrays), es="parámetros").at_most(BUDGET)
    return done, arrays


def is_curve(losses):
    """Tell whether it is a list of numbers."""
    array = as_numbers(losses, finite=False)
    return array is not None and array.ndim == 1


def right_part(predict_own, arrays, pictures, digits):
    """Return the part of the pictures that is read right, and what each was taken for."""
    guesses = call(predict_own, arrays, pictures).array((len(digits),))
    return float(np.mean(guesses == digits)), guesses


def hidden_accuracy(train_own, predict_own):
    """Return the measured part of the hidden pictures that the network reads right.

    With its numbers at zero, or shuffled, it is to know nothing: what it knows is in them and nowhere else.
    """
    done, arrays = trained_once(train_own)
    pictures, digits = hidden_digits()
    generator = np.random.default_rng(SEED)
    for emptied in (
        [np.zeros_like(array) for array in arrays],
        [generator.permutation(array.ravel()).reshape(array.shape) for array in arrays],
    ):
        known, _ = right_part(predict_own, emptied, pictures, digits)
        require(
            known < 0.5,
            es="predict_own acierta también con otros parámetros: lo que sabe debe estar en ellos.",
            en="predict_own is right with other parameters, too: what it knows is to be in them.",
        )
    right, guesses = right_part(predict_own, arrays, pictures, digits)
    accuracy = measure("accuracy", right, es="aciertos")
    measure("seconds", done.seconds, es="segundos")
    if is_curve(done.value[1]):  # what it reads right is worth its points without a curve, too
        measure("losses", done.value[1], es="pérdidas")
    confusion = np.zeros((10, 10), dtype=int)
    np.add.at(confusion, (digits, np.clip(guesses, 0, 9).astype(int)), 1)
    measure("confusion", confusion, es="confusiones")
    return accuracy


@test_case(points=0.5)
def within_the_budget(train_own):
    done, _ = trained_once(train_own)
    require(
        is_curve(done.value[1]),
        es="{done}: losses no es una lista de números, uno por época.",
        en="{done}: losses is no list of numbers, one for each epoch.",
        done=done,
    )
    measure("losses", done.value[1], es="pérdidas")


@test_case(points=2, hidden=True)
def ninety_percent(train_own, predict_own):
    hidden_accuracy(train_own, predict_own).at_least(0.90)


@test_case(points=1.5, hidden=True)
def ninety_four_percent(train_own, predict_own):
    hidden_accuracy(train_own, predict_own).at_least(0.94)


@test_case(points=1, hidden=True)
def ninety_six_and_a_half_percent(train_own, predict_own):
    hidden_accuracy(train_own, predict_own).at_least(0.965)
