using System.Reflection;
using System.Reflection.Metadata;

namespace Karl.Conformance;

/// <summary>What a type itself is, as text: its kind, its base, its interfaces, its parameters.</summary>
internal static class TypeEntries
{
    public static IEnumerable<string> Of(MetadataReader reader, TypeDefinitionHandle handle, TypeNames names)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        bool isRef = type.GetCustomAttributes().Select(attribute => names.OfAttribute(reader, attribute)).Contains("System.Runtime.CompilerServices.IsByRefLikeAttribute");
        TypeAttributes kind = type.Attributes & (TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed);
        yield return $"{kind}{(isRef ? " by reference only" : string.Empty)}";
        if (!type.BaseType.IsNil)
        {
            yield return $"base {names.Of(reader, type.BaseType)}";
        }

        foreach (InterfaceImplementation implementation in type.GetInterfaceImplementations().Select(reader.GetInterfaceImplementation))
        {
            if (implementation.Interface.Kind != HandleKind.TypeDefinition || (reader.GetTypeDefinition((TypeDefinitionHandle)implementation.Interface).Attributes & TypeAttributes.Public) != 0)
            {
                yield return $"interface {names.Of(reader, implementation.Interface)}";
            }
        }

        foreach (string parameter in GenericParameters(reader, type.GetGenericParameters(), names))
        {
            yield return parameter;
        }
    }

    /// <summary>Parameters by their places, with their constraints; their names do not matter.</summary>
    public static IEnumerable<string> GenericParameters(MetadataReader reader, GenericParameterHandleCollection parameters, TypeNames names) => parameters.Select(handle =>
    {
        GenericParameter parameter = reader.GetGenericParameter(handle);
        IEnumerable<string> constraints = parameter.GetConstraints().Select(constraint => names.Of(reader, reader.GetGenericParameterConstraint(constraint).Type)).Order(StringComparer.Ordinal);
        return $"!{parameter.Index} {parameter.Attributes} [{string.Join(", ", constraints)}]";
    });
}
