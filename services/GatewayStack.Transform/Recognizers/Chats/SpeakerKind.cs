namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>What the name of a chat's line is.</summary>
internal enum SpeakerKind
{
    /// <summary>None of anybody.</summary>
    None,

    /// <summary>A nickname.</summary>
    Nick,

    /// <summary>A person's name.</summary>
    Person,
}
