namespace Karl.Export.Verification.Internals;

/// <summary>When a quantity is known: each stage loads one graph and goes through all runs.</summary>
internal enum Stage
{
    /// <summary>The encoder.</summary>
    Encoder,

    /// <summary>The encoder again, every part of it laid open.</summary>
    EncoderParts,

    /// <summary>The decoder.</summary>
    Decoder,

    /// <summary>The decoder again, every part of it laid open.</summary>
    DecoderParts,

    /// <summary>The base decoder alone.</summary>
    BaseDecoder,
}

/// <summary>A thing that recordings hold, and how to get the same thing from the model.</summary>
/// <param name="Name">Its name in keys, without the view.</param>
/// <param name="Stage">When it is known.</param>
/// <param name="Tolerance">How far it may be off.</param>
/// <param name="Source">The tensor in the stage's graph that it comes from; null where the graph has none.</param>
/// <param name="Measure">Brings recorded values and the run's to the same form.</param>
internal sealed record RecordedQuantity(string Name, Stage Stage, Tolerance Tolerance, Func<ModelPart, string?> Source, Func<Measurement, Comparable> Measure)
{
    /// <summary>Whether it depends on budget and epsilon, not on the image alone.</summary>
    public bool IsPerRun { get; init; } = true;

    /// <summary>Whether it is an image or a map, <c>[channels, height, width]</c>.</summary>
    public bool IsImage { get; init; }

    /// <summary>Whether a model may be without it: optimization may remove what lies inside a network.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>What a quantity is measured with.</summary>
/// <param name="Run">The run of the stage's graph.</param>
/// <param name="Source">The tensor that the quantity comes from.</param>
/// <param name="Key">The recorded key.</param>
/// <param name="Recorded">Its values.</param>
internal sealed record Measurement(StageRun Run, string Source, RecordedKey Key, Numbers Recorded)
{
    /// <summary>The tensor's values.</summary>
    public Numbers Found => Run.Numbers(Source);

    /// <summary>The part of a whole tensor that was recorded, against it.</summary>
    public Comparable Against(Numbers whole) => new(Recorded, Key.View.Of(whole) ?? whole);
}

/// <summary>Recorded and computed values in the same form.</summary>
/// <param name="Recorded">What was recorded.</param>
/// <param name="Found">What the model gives.</param>
/// <param name="Note">What of it is compared, where that is not everything.</param>
internal sealed record Comparable(Numbers Recorded, Numbers Found, string Note = "");
