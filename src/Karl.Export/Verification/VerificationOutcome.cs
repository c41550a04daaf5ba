namespace Karl.Export.Verification;

/// <summary>What came of one recorded tensor.</summary>
public enum VerificationOutcome
{
    /// <summary>The model gives the recorded values within what is allowed.</summary>
    Agrees,

    /// <summary>It gives others, or cannot give any.</summary>
    Differs,

    /// <summary>A tensor inside the network that this model's graph does not have any more, as after optimization; no failure.</summary>
    NotInModel,

    /// <summary>Nobody knows what the recorded tensor means; a failure, because it was not checked.</summary>
    Unknown,

    /// <summary>Not a result but something the recording was made with, such as noise.</summary>
    Informational,
}
