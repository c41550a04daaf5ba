namespace Microsoft.ML.AutoML;

/// <summary>Where extensions hang stages on. Experiments are not doubled: they need the real package.</summary>
public sealed class AutoCatalog
{
    internal AutoCatalog()
    {
    }
}

/// <summary>How a context comes to its <see cref="AutoCatalog"/>.</summary>
public static class MLContextExtension
{
    /// <summary>The catalog.</summary>
    public static AutoCatalog Auto(this MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return new AutoCatalog();
    }
}
