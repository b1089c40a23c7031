namespace GatewayStack.Transform.Edits;

/// <summary>Why a request cannot be edited: codes, which stand in logs and on record. None of them says anything of a text.</summary>
internal static class EditReasons
{
    /// <summary>An action is not known to this version.</summary>
    public const string ActionNotKnown = "action_not_known";

    /// <summary>There is no key for pseudonyms and hashes.</summary>
    public const string NoKey = "no_key";

    /// <summary>Pseudonyms are a person's, and none is named.</summary>
    public const string NoPerson = "no_person";

    /// <summary>A text has findings but was not given.</summary>
    public const string TextNotGiven = "text_not_given";

    /// <summary>A text cannot be edited without breaking its container.</summary>
    public const string NotEditablePlace = "not_editable_place";

    /// <summary>A finding is not inside one text, or one string of a JSON text.</summary>
    public const string NotInOneText = "not_in_one_text";

    /// <summary>There are more different values than pseudonyms are made for.</summary>
    public const string TooManyPseudonyms = "too_many_pseudonyms";
}
