using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Karl.Conformance;

/// <summary>Names of types as they stand in signatures: whole, and without the assembly that they are in.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return Named(type.IsNested ? Of(reader, type.GetDeclaringType()) : null, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public string Of(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => Of(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        _ => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
    };

    /// <summary>The type of an attribute.</summary>
    public string OfAttribute(MetadataReader reader, CustomAttributeHandle handle)
    {
        EntityHandle constructor = reader.GetCustomAttribute(handle).Constructor;
        return constructor.Kind == HandleKind.MemberReference
            ? Of(reader, reader.GetMemberReference((MemberReferenceHandle)constructor).Parent)
            : Of(reader, reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType());
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string? outer = type.ResolutionScope.Kind == HandleKind.TypeReference ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind) : null;
        return Named(outer, reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} {(isRequired ? "must" : "may")} {modifier}";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"*({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    private static string Named(string? outer, string space, string name) => outer is not null ? $"{outer}+{name}" : space.Length == 0 ? name : $"{space}.{name}";
}
