using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>
/// A stage as a chain of ML.NET's own transformers, which is what is saved: ML.NET loads only types that it knows, and mappings by their names.
/// The model travels as the texts of a lookup (<see cref="Payload"/>), since a mapping has nothing of its own.
/// </summary>
internal sealed class PortableChain
{
    private static readonly MLContext Context = new();

    private readonly List<string> _helpers = [];
    private EstimatorChain<ITransformer> _chain = new();

    private PortableChain()
    {
    }

    /// <summary>Begins with the payload.</summary>
    public static PortableChain WithPayload(string settings, byte[] bytes)
    {
        string[] texts = Payload.Write(settings, bytes);
        PortableChain chain = new();
        return chain
            .Helper(Context.Transforms.CustomMapping<NoColumns, PayloadNumbers>(PayloadStart.Map, PayloadStart.Contract), PayloadNumbers.Column)
            .Helper(
                Context.Transforms.Conversion.MapValue(PayloadRow.Column, texts.Select((text, index) => KeyValuePair.Create(index, text)), PayloadNumbers.Column),
                PayloadRow.Column);
    }

    public static TransformsCatalog Transforms => Context.Transforms;

    /// <summary>Adds a step with columns that are dropped at the end.</summary>
    public PortableChain Helper(IEstimator<ITransformer> estimator, params string[] columns)
    {
        _chain = _chain.Append(estimator);
        _helpers.AddRange(columns);
        return this;
    }

    /// <summary>Copies a helper to a column that stays, if it is wanted.</summary>
    public PortableChain Copy(string? name, string helper) => name is null ? this : Helper(Transforms.CopyColumns(name, helper));

    /// <summary>Joins the pieces that make up a size into a column that stays, if it is wanted.</summary>
    public PortableChain Join(string? name, string prefix, int size) =>
        name is null ? this : Helper(Transforms.Concatenate(name, [.. SizedPieces.PowersOf(size).Select(power => prefix + power)]));

    /// <summary>Turns numbers from 0 into keys in a column that stays, if it is wanted.</summary>
    public PortableChain Keys(string? name, string helper, int count)
    {
        if (name is null)
        {
            return this;
        }

        IDataView numbers = Context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(number => new KeyNumber { Number = number }));
        return Helper(Transforms.Conversion.MapValueToKey(name, helper, keyData: numbers));
    }

    /// <summary>The chain, for rows of this schema.</summary>
    public ITransformer Build(IDataView rows) => _chain.Append(Transforms.DropColumns([.. _helpers.Distinct()])).Fit(rows);

    private sealed class KeyNumber
    {
        public int Number { get; set; }
    }
}
