namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>What a word says about the value beside it.</summary>
internal enum CueKind
{
    // Values that are nobody's.
    Order, Reference, Version, Hash, Amount, Product, Network, Time, Measure,

    // Values of persons.
    Phone, Call, Email, Card, Cvv, Iban, Swift, Routing, Transit, Account, Crypto, Passport, License, Medical, Npi, Dea, Mbi, Vin, Imei, Plate, Vehicle, Permit, Position, Username,
    Birth, Secret, Address,

    // Numbers that a state gives.
    NationalId, TaxId, SocialSecurity,
    UnitedStates, UnitedKingdom, UkNhs, Canada, Germany, Austria, Switzerland, France, Spain, Italy, Portugal, Netherlands, Belgium, Luxembourg, Ireland, Sweden, Norway,
    Denmark, Finland, Iceland, Poland, Czechia, Hungary, Romania, Bulgaria, Greece, Croatia, Slovenia, Serbia, Estonia, Latvia, Lithuania, Ukraine, Russia, Kazakhstan, Turkey, Israel,
    Emirates, Saudi, Egypt, SouthAfrica, Nigeria, Kenya, Ghana, India, Pakistan, Bangladesh, SriLanka, China, HongKong, Taiwan, Japan, Korea, Singapore, Malaysia, Thailand,
    Indonesia, Philippines, Vietnam, Australia, NewZealand, Brazil, Mexico, Argentina, Chile, Colombia, Peru, Uruguay, Ecuador, Venezuela, Paraguay, DominicanRepublic, CostaRica,
}

/// <summary>A set of kinds.</summary>
internal readonly record struct CueSet(UInt128 Bits)
{
    public static CueSet operator |(CueSet left, CueSet right) => new(left.Bits | right.Bits);

    public static CueSet operator &(CueSet left, CueSet right) => new(left.Bits & right.Bits);

    /// <summary>The set of some kinds.</summary>
    public static CueSet Of(params ReadOnlySpan<CueKind> kinds)
    {
        var bits = UInt128.Zero;
        foreach (var kind in kinds)
        {
            bits |= UInt128.One << (int)kind;
        }

        return new CueSet(bits);
    }

    /// <summary>True when both have a kind in common.</summary>
    public bool Meets(CueSet other) => (Bits & other.Bits) != UInt128.Zero;

    /// <summary>True when there is no kind in it.</summary>
    public bool IsEmpty => Bits == UInt128.Zero;
}
