using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Internals.Saving;

/// <summary>What is made of payloads, once each, and forgotten with them.</summary>
internal sealed class PortableModels<TModel>(Func<string, byte[], TModel> create)
    where TModel : class
{
    private readonly ConditionalWeakTable<object, Lazy<TModel>> _models = [];

    public TModel Get(VBuffer<ReadOnlyMemory<char>> payload) =>
        _models.GetValue(
            Payload.Identity(payload),
            _ => new Lazy<TModel>(() => create(Payload.Settings(payload), Payload.Bytes(payload)))).Value;
}
