using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Tests.Recognizers.Tables;

public sealed class ColumnTests
{
    [Theory]
    [InlineData("player;born;club\nS. G.;1999-11-30;W\nA. K.;2001-04-17;F", "DATE_OF_BIRTH=1999-11-30", "DATE_OF_BIRTH=2001-04-17")]
    [InlineData("name,age,town\nann,34,x\nbob,35,y", "AGE=34", "AGE=35")]
    [InlineData("| system | login |\n|---|---|\n| wiki | kadirk |\n| vpn | mfrost |", "USERNAME=kadirk", "USERNAME=mfrost")]
    [InlineData("employee\tlogin\tlicense\tlocker_code\nA\tjabernat\tTX 31948725\tL-09-33-17\nB\tdwoz\tnone\tlost", "USERNAME=jabernat", "DRIVER_LICENSE=TX 31948725", "PASSWORD=L-09-33-17", "USERNAME=dwoz")]
    [InlineData("| PIN | holder |\n| 7741 | E |\n| 0093 | J |", "PASSWORD=7741", "PASSWORD=0093")]
    [InlineData("Room | Keypad\nA | A1937\nB | key only\nC | 5520", "PASSWORD=A1937", "PASSWORD=5520")]
    [InlineData("Name;Staatsangehörigkeit;Geb.;Pat.-Nr.\nA;dänisch;03.04.1971;4471-20\nB;Kenia;1.2.1988;K/2417", "NATIONALITY=dänisch", "DATE_OF_BIRTH=03.04.1971", "MEDICAL_RECORD=4471-20", "NATIONALITY=Kenia", "DATE_OF_BIRTH=1.2.1988", "MEDICAL_RECORD=K/2417")]
    [InlineData("nom\tn° permis\tn° adhérent\nx\t220565321700\t880 4471 02", "DRIVER_LICENSE=220565321700", "MEDICAL_RECORD=880 4471 02")]
    [InlineData("chart,patient,dob\nP-1,Doe, Jane,1958-11-04\nP-2,Roe, Hugo,1990-09-30", "PERSON=Doe, Jane", "DATE_OF_BIRTH=1958-11-04", "PERSON=Roe, Hugo", "DATE_OF_BIRTH=1990-09-30")]
    [InlineData("| id | lat | lon |\n|--:|--:|--:|\n| 1 | 51.48207 | -3.17916 |", "COORDINATES=51.48207", "COORDINATES=-3.17916")]
    [InlineData("lp;kierowca;prawo jazdy;ulica;kod pocztowy\n1;Jan Kos;00519/20/1061;Krótka 12;16-400", "PERSON=Jan Kos", "DRIVER_LICENSE=00519/20/1061", "ADDRESS=Krótka 12", "ADDRESS=16-400")]
    [InlineData("No  Guest         Nationality  Passport\n1   Ola Berg      Norwegian    K8812045\n2   Rafi Benhamou Israeli      31885021", "PERSON=Ola Berg", "NATIONALITY=Norwegian", "PASSPORT=K8812045", "PERSON=Rafi Benhamou", "NATIONALITY=Israeli", "PASSPORT=31885021")]
    [InlineData("chart;ward;insurer no.\nHN-0048213;4B;ZKQ 774 120 9", "MEDICAL_RECORD=HN-0048213", "MEDICAL_RECORD=ZKQ 774 120 9")]
    [InlineData("login | nationality | permit no.\nd.achieng | Kenyan | RA8841190", "USERNAME=d.achieng", "NATIONALITY=Kenyan", "PASSPORT=RA8841190")]
    [InlineData("host | owner | changed by\nweb-3 | platform-team | mkreuzer\ndb-1 | sre | a.kowal", "USERNAME=mkreuzer", "USERNAME=a.kowal")]
    [InlineData("enfant;âge;n° assuré (parent)\nA;8;2 84 03 29 193 111 12", "AGE=8", "MEDICAL_RECORD=2 84 03 29 193 111 12")]
    [InlineData("holder,bic\nA,DEUTDEFF500\nB,BNPAFRPP", "SWIFT=DEUTDEFF500", "SWIFT=BNPAFRPP")]
    [InlineData("| holder | SWIFT code |\n|---|---|\n| A | INGBNL2A |", "SWIFT=INGBNL2A")]
    [InlineData("Name;Vorname;Ort\nMüller-Lüdenscheidt;Karl-Heinz;Bonn\nBrandvold;Tim;Ulm", "PERSON=Müller-Lüdenscheidt", "PERSON=Karl-Heinz", "PERSON=Brandvold", "PERSON=Tim")]
    [InlineData("id;apellidos;f_nac;cuota\n1;Sanz;14/05/1991;25\n2;Rey;30/11/1984;25", "PERSON=Sanz", "DATE_OF_BIRTH=14/05/1991", "PERSON=Rey", "DATE_OF_BIRTH=30/11/1984")]
    [InlineData("Dítě      | Narozen(a)  | Třída\n----------+-------------+------\nE. H.     | 11.02.2017  | 3.B", "DATE_OF_BIRTH=11.02.2017")]
    [InlineData("الرقم,الاسم,الجنسية,رقم الجواز,الهاتف\n1,راجيش كومار,هندي,T4418027,0501887240", "PERSON=راجيش كومار", "NATIONALITY=هندي", "PASSPORT=T4418027", "PHONE=0501887240")]
    [InlineData("序号,姓名,手机,出生日期\n1,韦晓岚,13977120418,1990-05-06", "PERSON=韦晓岚", "PHONE=13977120418", "DATE_OF_BIRTH=1990-05-06")]
    [InlineData("क्रम | नाम | मोबाइल | जन्मतिथि\n1 | रश्मि वर्मा | 9837041265 | 15/08/1951", "PERSON=रश्मि वर्मा", "PHONE=9837041265", "DATE_OF_BIRTH=15/08/1951")]
    [InlineData("ลำดับ\tชื่อ-สกุล\tวันเกิด\tโทรศัพท์\n1\tซากีนะห์ เจะอาแว\t5/3/2533\t089-774-0162", "PERSON=ซากีนะห์ เจะอาแว", "DATE_OF_BIRTH=5/3/2533", "PHONE=089-774-0162")]
    [InlineData("Ad Soyad;Doğum tarihi;Telefon no\nNur Ateş;03.04.1985;0332 418 77 05", "PERSON=Nur Ateş", "DATE_OF_BIRTH=03.04.1985", "PHONE=0332 418 77 05")]
    public void Below_its_head_a_value_needs_no_word(string text, params string[] found) => Rows.Find(ColumnRows.All, text).ShouldBe(found);

    [Theory]
    [InlineData("tin;age of the tin\nRusty Ginger;3 years\nOxford Blue;7 years")]
    [InlineData("الرقم,الاسم,السعر\n1,قلم حبر,3200")]
    [InlineData("ชื่อ,ราคา\nน้ำปลา ตราปลา,25")]
    [InlineData("이름,크기,종류\n보고서,32,문서")]
    [InlineData("Name;Preis;Ort\nRosenkohl;3,20;Regal\nTelemark;180;Halle")]
    [InlineData("license,name\nMIT,left-pad\nApache-2.0,foo")]
    [InlineData("user,count\n12,4\n13,5")]
    [InlineData("The login, the age and the license are in the form;\nplease look there;\nthanks;")]
    [InlineData("born,released\nunknown,2041-01-01")]
    [InlineData("code | meaning\n404 | not found\n500 | broken")]
    [InlineData("Machine | Year | Age (years) | Serial\nLathe | 2009 | 17 | LT-750903")]
    [InlineData("user type,licence type,account manager\nstudent,free,none")]
    [InlineData("No.  Name               Base          Lot\n904  Virginia Creeper   BFL           K-1201")]
    [InlineData("variety,month,note\nCharlotte,May,steam it\nAnya,August,nutty")]
    [InlineData("service | owner | backup\nledger | platform-team | sre\ncatalog | team_3 | node-2")]
    [InlineData("item,bic\npen,CRISTAL\npen,MEDIUM\nink,PENBLUE12")]
    [InlineData("item,bic\npen,Cristals\npen,1234567890")]
    public void Other_tables_are_quiet(string text) => Rows.Find(ColumnRows.All, text).ShouldBeEmpty();

    [Fact]
    public void A_line_of_prose_is_no_head_and_is_not_read_to_its_end()
    {
        ColumnValues.IsName("passport number | name", 0, "passport".Length).ShouldBeTrue();
        ColumnValues.IsName("passport number " + new string('x', 40) + " | name", 0, "passport".Length).ShouldBeTrue();
        ColumnValues.IsName(string.Concat(Enumerable.Repeat("passport number ", 20)), 0, "passport".Length).ShouldBeFalse();
    }
}
