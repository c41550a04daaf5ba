using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>Nothing of a row.</summary>
internal sealed class NoColumns
{
}

/// <summary>The numbers of the texts that a payload has.</summary>
internal sealed class PayloadNumbers
{
    public const string Column = "Karl.PayloadNumbers";

    [ColumnName(Column)]
    [VectorType(Payload.Count)]
    public int[]? Numbers { get; set; }
}

/// <summary>Says in each row which texts are wanted; a lookup turns the numbers into them.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PayloadStart : CustomMappingFactory<NoColumns, PayloadNumbers>
{
    public const string Contract = "Karl.PayloadStart";

    private static readonly int[] All = [.. Enumerable.Range(0, Payload.Count)];

    public override Action<NoColumns, PayloadNumbers> GetMapping() => Map;

    public static void Map(NoColumns source, PayloadNumbers target) => target.Numbers = All;
}
