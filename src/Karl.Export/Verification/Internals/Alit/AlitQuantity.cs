namespace Karl.Export.Verification.Internals.Alit;

/// <summary>A thing that recordings of ALIT hold, and how to get the same thing from the model.</summary>
/// <param name="Name">Its name in keys, without the view.</param>
/// <param name="Part">The graph that it comes from.</param>
/// <param name="Source">The tensor in that graph; null where the graph has none.</param>
/// <param name="Tolerance">How far it may be off.</param>
/// <param name="Measure">Brings recorded values and the model's to the same form.</param>
internal sealed record AlitQuantity(string Name, AlitPart Part, Func<ModelPart, string?> Source, Tolerance Tolerance, Func<AlitMeasurement, Comparable> Measure)
{
    /// <summary>Whether there is one for each round.</summary>
    public bool IsPerRound { get; init; } = true;

    /// <summary>Whether it depends on how 2D tokens are halted, not on the image alone.</summary>
    public bool IsPerRun { get; init; } = true;

    /// <summary>Whether it is an image or a map, <c>[channels, height, width]</c>.</summary>
    public bool IsImage { get; init; }
}

/// <summary>The graphs of an ALIT bundle.</summary>
internal enum AlitPart
{
    /// <summary>What is done once for an image.</summary>
    Encoder,

    /// <summary>What is done in each round.</summary>
    Round,

    /// <summary>The way back.</summary>
    Decoder,
}

/// <summary>What a quantity is measured with.</summary>
/// <param name="State">The run so far.</param>
/// <param name="Source">The tensor that the quantity comes from.</param>
/// <param name="Key">The recorded key.</param>
/// <param name="Recorded">Its values.</param>
internal sealed record AlitMeasurement(AlitRunState State, string Source, AlitKey Key, Numbers Recorded)
{
    /// <summary>The tensor's values.</summary>
    public Numbers Found => State.Of(Key.Quantity.Part).Numbers(Source);

    /// <summary>The part of a whole tensor that was recorded, against it.</summary>
    public Comparable Against(Numbers whole) => new(Recorded, Key.View.Of(whole) ?? whole);
}
