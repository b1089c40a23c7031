using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Cities, by the first word of their name, that make digits before them a postcode.</summary>
internal static class LargeCities
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = (
        "Berlin Hamburg München Muenchen Munich Köln Koeln Frankfurt Stuttgart Düsseldorf Dortmund Essen Leipzig Bremen Dresden Hannover Nürnberg Duisburg Bochum Wuppertal "
        + "Bielefeld Bonn Münster Karlsruhe Mannheim Augsburg Wiesbaden Mainz Kiel Aachen Freiburg Erfurt Rostock Kassel Potsdam Heidelberg Würzburg Regensburg Ulm "
        + "Wien Vienna Graz Linz Salzburg Innsbruck Klagenfurt Zürich Zurich Genf Genève Basel Bern Lausanne Winterthur Luzern Lugano Paris Marseille Lyon Toulouse Nice "
        + "Nantes Montpellier Strasbourg Bordeaux Lille Rennes Reims Toulon Grenoble Dijon Angers Nîmes Villeurbanne Brest Tours Amiens Limoges Metz Nancy Rouen Orléans "
        + "Madrid Barcelona Valencia Sevilla Zaragoza Málaga Murcia Palma Bilbao Alicante Córdoba Valladolid Vigo Gijón Granada Vitoria Oviedo Pamplona Santander Roma Rome "
        + "Milano Milan Napoli Torino Palermo Genova Bologna Firenze Bari Catania Venezia Verona Padova Trieste Brescia Parma Modena Perugia Lisboa Porto Braga Coimbra Faro "
        + "Bruxelles Brussel Antwerpen Gent Liège Brugge Namur Leuven Luxembourg Amsterdam Rotterdam Utrecht Eindhoven Groningen Tilburg Almere Breda Nijmegen Haarlem Arnhem "
        + "Leiden Delft Maastricht Zwolle Stockholm Göteborg Malmö Uppsala Linköping Örebro Västerås Helsingborg Lund Oslo Bergen Trondheim Stavanger København Aarhus Odense "
        + "Aalborg Helsinki Espoo Tampere Vantaa Turku Oulu Praha Brno Ostrava Plzeň Bratislava Košice Warszawa Kraków Łódź Wrocław Poznań Gdańsk Szczecin Lublin Katowice "
        + "Budapest Debrecen Szeged Bucureşti București Cluj Zagreb Ljubljana Beograd Sofia Athens Istanbul İstanbul Ankara İzmir Tallinn Riga Vilnius Kyiv Moscow")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when a large city's name begins so.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Names.Contains(word);
}
