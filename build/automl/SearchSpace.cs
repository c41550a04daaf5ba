using Microsoft.ML.SearchSpace.Option;

namespace Microsoft.ML.SearchSpace;

/// <summary>Options by name; a point is theirs one after another, in the order of the names.</summary>
public class SearchSpace : OptionBase
{
    private readonly SortedDictionary<string, OptionBase> _options = new(StringComparer.Ordinal);

    /// <summary>Names of the options.</summary>
    public ICollection<string> Keys => _options.Keys;

    /// <inheritdoc/>
    public override int FeatureSpaceDim => _options.Values.Sum(option => option.FeatureSpaceDim);

    /// <inheritdoc/>
    public override double[] Default => [.. _options.Values.SelectMany(option => option.Default ?? [])];

    /// <inheritdoc/>
    public override int?[] Step => [.. _options.Values.SelectMany(option => option.Step)];

    /// <summary>One of the options.</summary>
    public OptionBase this[string key]
    {
        get => _options[key];
        set => _options[key] = value;
    }

    /// <summary>Adds an option.</summary>
    public void Add(string key, OptionBase value) => _options.Add(key, value);

    /// <inheritdoc/>
    public override double[] MappingToFeatureSpace(Parameter parameter) =>
        parameter is null ? throw new ArgumentNullException(nameof(parameter)) : [.. _options.SelectMany(pair => pair.Value.MappingToFeatureSpace(parameter[pair.Key]))];

    /// <inheritdoc/>
    public override Parameter SampleFromFeatureSpace(double[] feature)
    {
        Parameter sample = Parameter.CreateNestedParameter();
        int start = 0;
        foreach ((string name, OptionBase option) in _options)
        {
            sample[name] = option.SampleFromFeatureSpace(feature[start..(start + option.FeatureSpaceDim)]);
            start += option.FeatureSpaceDim;
        }

        return sample;
    }
}
