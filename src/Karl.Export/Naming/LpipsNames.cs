namespace Karl.Export.Naming;

/// <summary>The one place where the names of LPIPS's published weights stand: torchvision's for the network, those of version 0.1 for the weights of channels.</summary>
public static class LpipsNames
{
    /// <summary>The map.</summary>
    public static NameMap Map { get; } = new([("features.{n}.{kind}", "features.{n}.{kind}"), ("linear.{n}.weight", "lin{n}.model.1.weight")]);

    /// <summary>Whether a published weight has no part in LPIPS: what torchvision classifies with.</summary>
    public static bool IsLeftOut(string published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return published.StartsWith("classifier.", StringComparison.Ordinal);
    }
}
